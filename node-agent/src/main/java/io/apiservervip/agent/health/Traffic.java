package io.apiservervip.agent.health;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connections of clients tell of one backend, on its way to the check loop. A success is a
 * stamp; a failure is a count and at most one task on the loop, however many there are.
 *
 * <p>Written by any event loop, emptied by the check loop.
 */
final class Traffic {
  private final AtomicInteger failedConnects = new AtomicInteger();
  private final AtomicInteger lostRaces = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicLong connectedNanos;
  private final AtomicLong answeredNanos;
  private final AtomicBoolean told = new AtomicBoolean();
  private final Runnable tell;

  /**
   * Nothing seen yet.
   *
   * @param tell lets the check loop call {@link #empty} soon
   */
  Traffic(Runnable tell, long nowNanos) {
    this.tell = tell;
    this.connectedNanos = new AtomicLong(HealthState.longAgo(nowNanos));
    this.answeredNanos = new AtomicLong(HealthState.longAgo(nowNanos));
  }

  void connected(long nowNanos) {
    connectedNanos.setRelease(nowNanos);
    endRow(failedConnects);
    endRow(lostRaces);
  }

  void connectFailed(boolean lostRace) {
    fail(lostRace ? lostRaces : failedConnects);
  }

  void answered(long nowNanos) {
    answeredNanos.setRelease(nowNanos);
    endRow(unanswered);
  }

  void unanswered() {
    fail(unanswered);
  }

  /** What was told since the last time. */
  TrafficSample empty() {
    told.set(false);
    return new TrafficSample(
        failedConnects.getAndSet(0),
        lostRaces.getAndSet(0),
        unanswered.getAndSet(0),
        connectedNanos.getAcquire(),
        answeredNanos.getAcquire());
  }

  private void fail(AtomicInteger row) {
    row.incrementAndGet();
    if (told.compareAndSet(false, true)) {
      tell.run();
    }
  }

  /** Reads before it writes: nearly always there is no row to end. */
  private static void endRow(AtomicInteger row) {
    if (row.get() != 0) {
      row.set(0);
    }
  }
}
