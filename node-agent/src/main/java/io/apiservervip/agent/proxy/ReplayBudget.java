package io.apiservervip.agent.proxy;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many first flights may be sent to a second server: at most max(100, 20 % of the new
 * connections) in any 10 s, so that a fault of all servers is not doubled. One an agent; called on
 * every event loop. Time is counted in whole seconds.
 */
final class ReplayBudget {
  private static final int WINDOW = 10;
  private static final int ALWAYS = 100;
  private static final long SECOND = 1_000_000_000L;

  /** One slot a second: the second in the upper half, what was counted in it in the lower one. */
  private final AtomicLongArray opened = new AtomicLongArray(WINDOW);

  private final AtomicLongArray taken = new AtomicLongArray(WINDOW);

  /** A client's connection was accepted. */
  void opened(long nowNanos) {
    add(opened, nowNanos, 1);
  }

  /** Takes one replay out of the budget; false: none is left. */
  synchronized boolean take(long nowNanos) {
    if (sum(taken, nowNanos) >= Math.max(ALWAYS, sum(opened, nowNanos) / 5)) {
      return false;
    }
    add(taken, nowNanos, 1);
    return true;
  }

  /** One that was taken just now was not needed. */
  synchronized void giveBack(long nowNanos) {
    add(taken, nowNanos, -1);
  }

  private static void add(AtomicLongArray slots, long nowNanos, int change) {
    long second = Math.floorDiv(nowNanos, SECOND);
    int slot = (int) Math.floorMod(second, (long) WINDOW);
    slots.accumulateAndGet(
        slot,
        change,
        (old, one) -> {
          int count = old >> 32 == (int) second ? (int) old : 0;
          return second << 32 | Math.max(0, count + (int) one);
        });
  }

  private static long sum(AtomicLongArray slots, long nowNanos) {
    long second = Math.floorDiv(nowNanos, SECOND);
    long sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      long slot = slots.get(i);
      int age = (int) second - (int) (slot >> 32);
      sum += age >= 0 && age < WINDOW ? (int) slot : 0;
    }
    return sum;
  }
}
