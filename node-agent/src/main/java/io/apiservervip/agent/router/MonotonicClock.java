package io.apiservervip.agent.router;

/** The one clock that drives timers: nanoseconds, never set back, unrelated to the time of day. */
@FunctionalInterface
public interface MonotonicClock {
  /** Nanoseconds since an arbitrary origin. */
  long nanoTime();
}
