package io.apiservervip.e2e.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeLogTest {
  private final ProbeLog log = new ProbeLog();

  @Test
  void gapIsTheSpanBetweenTwoAnswersInWhichAnAttemptFailed() {
    answer(0, 1);
    fail(5, 505);
    fail(10, 510);
    answer(300, 301);

    ProbeResult result = log.between(0, at(302));

    assertThat(result.gaps()).containsExactly(Duration.ofMillis(300));
    assertThat(result.outage()).isEqualTo(Duration.ofMillis(300));
    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.attempts()).isEqualTo(4);
  }

  @Test
  void spanWithoutAFailedAttemptIsNoGap() {
    answer(0, 1);
    answer(60, 61);

    ProbeResult result = log.between(0, at(62));

    assertThat(result.gaps()).isEmpty();
    assertThat(result.outage()).isZero();
    assertThat(result.longestSpan()).isEqualTo(Duration.ofMillis(60));
  }

  @Test
  void windowWithoutAnyAnswerIsOneGap() {
    fail(5, 505);

    assertThat(log.between(0, at(400)).outage()).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void answersAreCountedByServerAndTheLastOneIsKnown() {
    answer(0, 1);
    log.add(new ProbeLog.Attempt(at(5), at(6), "cp-2"));
    fail(10, 510);

    assertThat(log.between(0, at(20)).servers()).containsEntry("cp-1", 1).containsEntry("cp-2", 1);
    assertThat(log.lastServer()).contains("cp-2");
  }

  private void answer(long start, long end) {
    log.add(new ProbeLog.Attempt(at(start), at(end), "cp-1"));
  }

  private void fail(long start, long end) {
    log.add(new ProbeLog.Attempt(at(start), at(end), ""));
  }

  private static long at(long millisecond) {
    return millisecond * 1_000_000;
  }
}
