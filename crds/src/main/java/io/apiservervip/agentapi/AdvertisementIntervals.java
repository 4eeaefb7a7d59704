package io.apiservervip.agentapi;

import java.time.Duration;

/** The advertisement intervals that fit in a packet (RFC 9568 §5.2.7, RFC 3768 §5.3.7). */
final class AdvertisementIntervals {
  private static final long STEP_NANOS = 10_000_000;

  private AdvertisementIntervals() {}

  static boolean valid(int version, Duration interval) {
    if (version == 2) {
      return DurationText.wholeSeconds(interval)
          && interval.compareTo(Duration.ofSeconds(1)) >= 0
          && interval.compareTo(Duration.ofSeconds(255)) <= 0;
    }
    return interval.compareTo(Duration.ofMillis(10)) >= 0
        && interval.compareTo(Duration.ofMillis(40_950)) <= 0
        && interval.toNanos() % STEP_NANOS == 0;
  }

  static String range(int version) {
    return version == 2
        ? "in whole seconds, 1s..255s (version 2)"
        : "in 10ms..40.95s in steps of 10ms (version 3)";
  }

  static Duration ofDefault(int version) {
    return version == 2 ? Duration.ofSeconds(1) : Duration.ofMillis(100);
  }
}
