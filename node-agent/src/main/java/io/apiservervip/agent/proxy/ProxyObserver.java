package io.apiservervip.agent.proxy;

/**
 * Port: counts what the proxy does. Called on event loops, by several threads at a time: each call
 * is cheap and never waits.
 */
public interface ProxyObserver {
  /** The counters of one listener; the same object for the same name, also after a reload. */
  ListenerObserver listener(String name);

  /** Every pipe of the pool was in use, bytes are copied instead. */
  void pipesExhausted();

  /** A client's connection could not be accepted, with this errno; the listener pauses. */
  void acceptFailed(int errno);
}
