package io.apiservervip.agent.router;

/**
 * Port: where the loop thread sleeps until a socket is readable, somebody wakes it, or time is up.
 */
public interface LoopWaiter extends AutoCloseable {
  /** Waits at most so long; 0 or less only looks. Loop thread. */
  void await(long timeoutNanos);

  /** Ends the current or next {@link #await}. Any thread. */
  void wake();

  @Override
  void close();
}
