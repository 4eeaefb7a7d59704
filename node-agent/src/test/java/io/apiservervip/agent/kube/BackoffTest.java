package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  /** In the middle of its range, so that nothing is spread. */
  private static final RandomGenerator MIDDLE = () -> 1L << 63;

  @Test
  void pausesDoubleUpToHalfAMinute() {
    Backoff backoff = new Backoff(MIDDLE);
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      millis.add(backoff.failedNanos() / 1_000_000);
    }
    assertThat(millis)
        .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);
    backoff.worked();
    assertThat(backoff.failedNanos()).isEqualTo(250_000_000L);
  }

  @Test
  void pausesAreSpreadByAFifth() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 1000; i++) {
      assertThat(new Backoff(random).failedNanos()).isBetween(200_000_000L, 300_000_000L);
    }
  }
}
