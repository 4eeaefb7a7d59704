package io.apiservervip.agent.proxy;

import java.util.ArrayList;
import java.util.List;

/**
 * The deadlines of one event loop: a hashed wheel of {@value #SLOTS} ticks of 10 ms. Scheduling,
 * moving and cancelling cost the same however many there are, and allocate nothing. A timeout
 * expires at its deadline or up to one tick later, never before.
 */
final class TimerWheel<T> {
  static final long TICK_NANOS = 10_000_000L;
  private static final int SLOTS = 512;

  /** What is done with an expired timeout; may schedule and cancel any, this one too. */
  @FunctionalInterface
  interface Sink<T> {
    void expired(T owner, long nowNanos);
  }

  private final List<TimeoutList<T>> slots = new ArrayList<>(SLOTS);
  private final TimeoutList<T> due = new TimeoutList<>();

  /** The last one that is over. */
  private long tick;

  private int size;

  TimerWheel(long nowNanos) {
    tick = Math.floorDiv(nowNanos, TICK_NANOS);
    for (int i = 0; i < SLOTS; i++) {
      slots.add(new TimeoutList<>());
    }
  }

  /**
   * Schedules or moves a timeout. One whose deadline is over expires with the next tick.
   *
   * @param deadlineNanos {@code Long.MAX_VALUE}: never
   */
  void schedule(Timeout<T> timeout, long deadlineNanos) {
    cancel(timeout);
    if (deadlineNanos != Long.MAX_VALUE) {
      timeout.tick = Math.max(tick + 1, Math.ceilDiv(deadlineNanos, TICK_NANOS));
      slot(timeout.tick).add(timeout);
      size++;
    }
  }

  /** Takes a timeout out; nothing happens where it is in no wheel. */
  void cancel(Timeout<T> timeout) {
    TimeoutList<T> list = timeout.list;
    if (list != null) {
      list.remove(timeout);
      size--;
    }
  }

  /** Hands over every timeout whose deadline has come, in the order of their ticks. */
  void advance(long nowNanos, Sink<T> sink) {
    long target = Math.floorDiv(nowNanos, TICK_NANOS);
    for (long i = Math.max(tick + 1, target - SLOTS + 1); i <= target; i++) {
      slot(i).moveDue(target, due);
    }
    tick = Math.max(tick, target);
    for (Timeout<T> next = due.poll(); next != null; next = due.poll()) {
      size--;
      sink.expired(next.owner(), nowNanos);
    }
  }

  /**
   * When to advance next: never after the earliest deadline's tick, perhaps before it.
   *
   * @return {@code Long.MAX_VALUE} for never
   */
  long nextDeadlineNanos() {
    if (size == 0) {
      return Long.MAX_VALUE;
    }
    long next = tick + 1;
    while (slot(next).isEmpty()) {
      next++;
    }
    return next * TICK_NANOS;
  }

  /** Timeouts that are scheduled. */
  int size() {
    return size;
  }

  private TimeoutList<T> slot(long number) {
    return slots.get((int) Math.floorMod(number, (long) SLOTS));
  }
}
