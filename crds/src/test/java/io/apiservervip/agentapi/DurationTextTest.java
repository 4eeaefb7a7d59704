package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations in text. */
class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "100ms, 0, 100, 100ms",
    "1m30s, 90, 0, 1m30s",
    "90s, 90, 0, 1m30s",
    "40s950ms, 40, 950, 40s950ms",
    "0s, 0, 0, 0s",
    "1h1h, 7200, 0, 2h",
    "99999999999999h, 359999999999996400, 0, 99999999999999h"
  })
  void textIsReadExactlyAndWrittenShort(String text, long seconds, long millis, String shortest) {
    Duration duration = DurationText.require(text);
    assertThat(duration).isEqualTo(Duration.ofSeconds(seconds).plusMillis(millis));
    assertThat(DurationText.format(duration)).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "s",
        "-1s",
        "1.5s",
        "1 s",
        "1us",
        "1d",
        "1s\n",
        "١s",
        "11111111111111111s"
      })
  void otherTextIsRefused(String text) {
    assertThat(DurationText.parse(text)).isNull();
  }
}
