package io.apiservervip.agent.proxy;

import org.jspecify.annotations.Nullable;

/**
 * One deadline of its owner, to be put into a {@link TimerWheel} again and again without
 * allocation. Owned by the wheel's event loop.
 */
final class Timeout<T> {
  private final T owner;

  /** The tick at which it expires; where it stands, and its neighbours there. */
  long tick;

  @Nullable TimeoutList<T> list;
  @Nullable Timeout<T> previous;
  @Nullable Timeout<T> next;

  Timeout(T owner) {
    this.owner = owner;
  }

  T owner() {
    return owner;
  }

  /** Whether it is in a wheel. */
  boolean scheduled() {
    return list != null;
  }
}
