package io.apiservervip.agent.vrrp;

import java.math.BigDecimal;

/** Times as transcripts write them: {@code 3.609s}, {@code 100ms}. */
final class Durations {
  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal MILLI = BigDecimal.valueOf(1_000_000L);

  private Durations() {}

  static long nanos(String text) {
    boolean milli = text.endsWith("ms");
    String number = text.substring(0, text.length() - (milli ? 2 : 1));
    if (!milli && !text.endsWith("s")) {
      throw new IllegalArgumentException("'" + text + "' is not a time such as 3.6s or 100ms");
    }
    return new BigDecimal(number).multiply(milli ? MILLI : SECOND).longValueExact();
  }

  static String text(long nanos) {
    if (nanos == Long.MAX_VALUE) {
      return "never";
    }
    BigDecimal seconds = BigDecimal.valueOf(nanos).divide(SECOND).stripTrailingZeros();
    return (seconds.scale() < 0 ? seconds.setScale(0) : seconds).toPlainString() + "s";
  }
}
