package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Port: how connections are made on Netty's event loops, by epoll or, where it cannot load, NIO.
 */
interface Transport {
  /** What an event loop of this transport runs on. */
  IoHandlerFactory handlers();

  /**
   * Sends a SYN.
   *
   * @throws IOException it could not even be tried
   */
  Wire connect(IoEventLoop loop, WireHandler handler, BackendAddress to, TcpOptions options)
      throws IOException;

  /**
   * Opens a socket that listens.
   *
   * @param free the address need not be this host's yet
   */
  ListeningSocket listen(InetSocketAddress at, boolean free, TcpOptions options) throws IOException;

  /** Pipes for one event loop; null where the transport knows no splice. */
  @Nullable PipePool pipes(int limit, Runnable exhausted);

  /** Its name in the log. */
  String name();
}
