package io.apiservervip.agent.proxy;

import io.netty.channel.IoEventLoop;

/** A client's connection before an event loop owns it. */
interface Accepted {
  /** The client's address in network order, 4 or 16 bytes; an IPv4-mapped one as IPv4. */
  byte[] address();

  int port();

  /** Makes it a wire of this loop; call on that loop. */
  Wire adopt(IoEventLoop loop, WireHandler handler);

  /** Closes it with RST. */
  void refuse();
}
