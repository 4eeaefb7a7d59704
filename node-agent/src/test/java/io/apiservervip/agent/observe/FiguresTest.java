package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "999.4, 999 B",
    "999.6, 1 kB",
    "1000, 1 kB",
    "1240000, 1.24 MB",
    "98765432100, 98.8 GB",
    "999600000, 1 GB",
    "123456789012345678, 123 PB",
    "1234567890123456789, 1235 PB"
  })
  void bytesHaveThreeDigits(double bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.25, 0.25", "12.34, 12.3", "100, 100", "412.5, 413", "25000, 25000"})
  void ratesHaveThreeDigitsAtMostBehindNothing(double rate, String text) {
    assertThat(Figures.perSecond(rate)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "3456789, 3.46 ms",
    "20000, 0.02 ms",
    "1000000000, 1 s",
    "999600000, 1 s",
    "100000000, 100 ms"
  })
  void spansAreMillisecondsOrSeconds(long nanos, String text) {
    assertThat(Figures.span(nanos)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T22:30:00Z, 0 s",
    "2026-11-20T22:29:01Z, 59 s",
    "2026-11-20T22:29:00Z, 1 min 0 s",
    "2026-11-20T20:29:00Z, 2 h 1 min",
    "2026-11-17T20:29:00Z, 3 d 2 h",
    "2026-11-20T23:00:00Z, 0 s"
  })
  void agesHaveTwoUnitsAndAreNeverNegative(Instant then, String text) {
    assertThat(Figures.age(then, Instant.parse("2026-11-20T22:30:00Z"))).isEqualTo(text);
  }

  @Test
  void thousandsAreSetApartByAGapThatDoesNotBreak() {
    assertThat(Figures.count(1234567)).isEqualTo("1\u202F234\u202F567");
    assertThat(Figures.count(12)).isEqualTo("12");
  }
}
