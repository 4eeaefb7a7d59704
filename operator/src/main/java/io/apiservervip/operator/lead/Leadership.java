package io.apiservervip.operator.lead;

import org.jspecify.annotations.Nullable;

/**
 * What one replica knows of the Lease. Pure: it judges the age of another's Lease by its own
 * monotonic clock, from the moment it saw the last change, so that clocks may differ.
 *
 * @param last the Lease as last seen; null before the first look, or while there is none
 * @param lastChangeNanos when {@code last} was first seen like this
 * @param held whether this replica wrote itself in and has seen nobody else since
 * @param renewedNanos when the last successful write was begun
 */
record Leadership(
    String identity,
    LeaseTimes times,
    @Nullable LeaseRecord last,
    long lastChangeNanos,
    boolean held,
    long renewedNanos) {

  static Leadership none(String identity, LeaseTimes times) {
    return new Leadership(identity, times, null, 0, false, 0);
  }

  /** After a look at the Lease; null: there is none. */
  Leadership saw(@Nullable LeaseRecord now, long nowNanos) {
    boolean same = now != null && now.equals(last);
    boolean stillHeld = held && now != null && now.holder().equals(identity);
    return new Leadership(
        identity, times, now, same ? lastChangeNanos : nowNanos, stillHeld, renewedNanos);
  }

  /** After a successful write that was begun at that time. */
  Leadership wrote(long begunNanos) {
    return new Leadership(identity, times, last, lastChangeNanos, true, begunNanos);
  }

  Move move(long nowNanos) {
    if (last == null) {
      return new Move.Take(0);
    }
    if (last.holder().equals(identity)) {
      return new Move.Renew();
    }
    boolean expired = nowNanos - lastChangeNanos >= last.duration().toNanos();
    return last.holder().isEmpty() || expired
        ? new Move.Take(last.transitions() + 1)
        : new Move.Wait();
  }

  /** Whether this replica may act as the leader. */
  boolean leads(long nowNanos) {
    return held && nowNanos - renewedNanos < times.renewDeadline().toNanos();
  }
}
