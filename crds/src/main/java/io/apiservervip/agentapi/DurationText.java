package io.apiservervip.agentapi;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as the resource writes them: {@code 100ms}, {@code 1m30s}; exact to the millisecond.
 */
public final class DurationText {
  /** Characters of the longest text that is read. */
  static final int MAX_LENGTH = 16;

  private static final Pattern WHOLE = Pattern.compile("([0-9]+(ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h)");

  private DurationText() {}

  /** The duration; null if the text is not one. */
  public static @Nullable Duration parse(String text) {
    if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
      return null;
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long count = Long.parseLong(part.group(1));
      sum = sum.plus(of(count, part.group(2)));
    }
    return sum;
  }

  /** The duration of a text that is known to be one. */
  static Duration require(String text) {
    return Objects.requireNonNull(parse(text), text);
  }

  /** The shortest text that {@link #parse} reads back to the same duration. */
  public static String format(Duration duration) {
    if (duration.isNegative() || !duration.equals(duration.truncatedTo(ChronoUnit.MILLIS))) {
      throw new IllegalArgumentException(duration + " is not in whole milliseconds");
    }
    if (duration.isZero()) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(MAX_LENGTH);
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  static boolean wholeSeconds(Duration duration) {
    return duration.equals(Duration.ofSeconds(duration.toSeconds()));
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count != 0) {
      text.append(count).append(unit);
    }
  }

  private static Duration of(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> throw new AssertionError(unit);
    };
  }
}
