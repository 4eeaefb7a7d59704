package io.apiservervip.agent.vrrp;

/**
 * Timer arithmetic in nanoseconds. Version 3: skew = (256 - priority) / 256 of the Active's
 * interval (RFC 9568 §6.1). Version 2: (256 - priority) / 256 seconds, whatever the interval (RFC
 * 3768 §6.1).
 */
public final class Timing {
  private static final long SECOND = 1_000_000_000L;
  private static final long LISTEN_MARGIN = 50_000_000L;

  private Timing() {}

  /** Skew_Time: the higher the priority, the sooner a Backup takes over. */
  public static long skewNanos(Version version, Priority priority, long activeIntervalNanos) {
    long base =
        switch (version) {
          case V2 -> SECOND;
          case V3 -> activeIntervalNanos;
        };
    return (256 - priority.value()) * base / 256;
  }

  /** Active_Down_Interval: three intervals and the skew. */
  public static long activeDownNanos(Version version, Priority priority, long activeIntervalNanos) {
    return 3 * activeIntervalNanos + skewNanos(version, priority, activeIntervalNanos);
  }

  /**
   * How long a router listens before its first advert: three intervals, at least 1 s (version 2: 3
   * s), and a margin, so that a neighbour's group of 1 s adverts is heard for certain.
   */
  public static long listenNanos(Version version, long intervalNanos) {
    long least =
        switch (version) {
          case V2 -> 3 * SECOND;
          case V3 -> SECOND;
        };
    return Math.max(3 * intervalNanos, least) + LISTEN_MARGIN;
  }

  /**
   * How long an Active may have been silent before the keenest Backup (priority 254) takes over.
   */
  public static long silenceLimitNanos(Version version, long intervalNanos) {
    return activeDownNanos(version, new Priority(254), intervalNanos);
  }
}
