package io.apiservervip.agent.proxy;

import io.netty.channel.IoEventLoop;
import java.net.InetSocketAddress;

/** A bound socket that several event loops accept from. */
interface ListeningSocket {
  InetSocketAddress address();

  /** Lets an event loop accept from it; call on that loop. */
  Acceptance accept(IoEventLoop loop, AcceptHandler handler);

  /** Frees the port; any thread, after every acceptance was closed. */
  void close();

  /** One event loop that accepts from it; owned by that loop. */
  interface Acceptance {
    void pause();

    void resume();

    void close();
  }
}
