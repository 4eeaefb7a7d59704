package io.apiservervip.agent.proxy;

/** Who hears of a wire's events, on its event loop. */
interface WireHandler {
  /** The connect is over; {@code errno} 0: established. */
  void connected(Wire wire, int errno);

  /** It may be read or written now: see the wire's flags. */
  void ready(Wire wire);

  /** Handling an event failed by a bug: what belongs to the wire is to be ended. */
  void failed(Wire wire, RuntimeException bug);
}
