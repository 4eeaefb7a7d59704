package io.apiservervip.agent.vrrp;

/**
 * When gratuitous ARP and unsolicited neighbour advertisements are sent after a take-over.
 *
 * @param count bursts over the first seconds: at 0, 50, 200, 500 ms, 1, 2, 5 s, then every 5 s
 * @param refreshNanos period after that; 0 is never
 */
public record Announcements(int count, long refreshNanos) {
  private static final long MILLI = 1_000_000L;
  private static final long[] OFFSETS = {0, 50, 200, 500, 1000, 2000, 5000};

  public Announcements {
    if (count < 1 || refreshNanos < 0) {
      throw new IllegalArgumentException(
          "announcements need a count of 1 or more and no negative refresh");
    }
  }

  /**
   * When burst {@code index} (from 0) is due.
   *
   * @param startNanos time of the first
   * @return {@code Long.MAX_VALUE} for never
   */
  long dueNanos(int index, long startNanos) {
    if (index < count) {
      return startNanos + offsetNanos(index);
    }
    return refreshNanos == 0
        ? Long.MAX_VALUE
        : startNanos + offsetNanos(count - 1) + (index - count + 1) * refreshNanos;
  }

  private static long offsetNanos(int index) {
    int last = OFFSETS.length - 1;
    return index <= last
        ? OFFSETS[index] * MILLI
        : (OFFSETS[last] + 5000L * (index - last)) * MILLI;
  }
}
