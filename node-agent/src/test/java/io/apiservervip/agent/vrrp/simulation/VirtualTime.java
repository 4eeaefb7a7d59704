package io.apiservervip.agent.vrrp.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Tasks in the order of their time, and of their creation where times are equal. */
final class VirtualTime {
  private record Task(long atNanos, long order, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
  private long nowNanos;
  private long created;

  long nowNanos() {
    return nowNanos;
  }

  /** How many tasks were created, a measure of the work of a run. */
  long created() {
    return created;
  }

  void at(long nanos, Runnable run) {
    tasks.add(new Task(Math.max(nanos, nowNanos), created++, run));
  }

  /** Runs everything due until then, and {@code afterEach} after each task. */
  void runUntil(long untilNanos, Runnable afterEach) {
    for (Task next = tasks.peek();
        next != null && next.atNanos() <= untilNanos;
        next = tasks.peek()) {
      tasks.remove();
      nowNanos = next.atNanos();
      next.run().run();
      afterEach.run();
    }
    nowNanos = untilNanos;
  }
}
