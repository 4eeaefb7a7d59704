package io.apiservervip.agent.proxy;

import io.netty.channel.epoll.Epoll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the transport of this machine. */
final class Transports {
  private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

  private Transports() {}

  static Transport best(PipeSize pipeSize) {
    if (Epoll.isAvailable()) {
      return new EpollTransport(pipeSize);
    }
    Throwable cause = Epoll.unavailabilityCause();
    LOG.atWarn()
        .addKeyValue("cause", cause == null ? "unknown" : cause.getMessage())
        .log("epoll is not available, the proxy copies by NIO");
    return new NioTransport();
  }
}
