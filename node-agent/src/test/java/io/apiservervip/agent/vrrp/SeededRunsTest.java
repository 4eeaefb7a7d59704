package io.apiservervip.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SeededRunsTest {
  @SeededTest(runs = 3, seeds = 42)
  void seedAndRandomBelongTogether(long seed, Random random) {
    assertThat(random.nextLong()).isEqualTo(new Random(seed).nextLong());
  }

  @Test
  void seedsAreTheSameInEveryRunAndKnownOnesComeFirst() throws NoSuchMethodException {
    SeededTest test = annotation();
    assertThat(SeededRuns.seeds(test, 7, null).toArray())
        .hasSize(4)
        .startsWith(42L)
        .doesNotHaveDuplicates()
        .isEqualTo(SeededRuns.seeds(test, 7, null).toArray())
        .isNotEqualTo(SeededRuns.seeds(test, 8, null).toArray());
  }

  @Test
  void oneSeedRunsAlone() throws NoSuchMethodException {
    assertThat(SeededRuns.seeds(annotation(), 7, "-5").toArray()).containsExactly(-5L);
  }

  @Test
  void failureNamesItsSeed() {
    assertThatThrownBy(() -> SeededRuns.fail("aTest", 42, new IllegalStateException("boom")))
        .isInstanceOf(AssertionError.class)
        .hasMessage("seed 42 fails (run it alone with -Dseed=42): boom")
        .hasRootCauseMessage("boom");
  }

  private static SeededTest annotation() throws NoSuchMethodException {
    return SeededRunsTest.class
        .getDeclaredMethod("seedAndRandomBelongTogether", long.class, Random.class)
        .getAnnotation(SeededTest.class);
  }
}
