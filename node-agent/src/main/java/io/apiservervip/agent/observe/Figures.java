package io.apiservervip.agent.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Figures {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Figures() {}

  /** With three digits and a decimal unit, such as {@code 1.24 MB}. */
  static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return (unit == 0 ? String.valueOf(Math.round(value)) : threeDigits(value)) + " " + UNITS[unit];
  }

  /** Of something that is counted, such as {@code 0.4} or {@code 1240}. */
  static String perSecond(double rate) {
    return rate == 0 ? "0" : rate >= 100 ? String.valueOf(Math.round(rate)) : threeDigits(rate);
  }

  /** With gaps between the thousands. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count).replace(',', '\u202F');
  }

  /** Such as {@code 3 ms} or {@code 1.25 s}. */
  static String span(long nanos) {
    double millis = nanos / 1e6;
    return millis < 999.5 ? threeDigits(millis) + " ms" : threeDigits(millis / 1000) + " s";
  }

  /** The two largest units of the time that has passed; never negative. */
  static String age(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds < 86_400
        ? seconds / 3600 + " h " + seconds % 3600 / 60 + " min"
        : seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }

  private static String threeDigits(double value) {
    int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return digits == 0 ? text : text.replaceAll("[.]?0+$", "");
  }
}
