package io.apiservervip.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final long SECOND = 1_000_000_000L;

  private final Window window = new Window(2, 5, Optional.empty());

  @Test
  void itBeginsOnceAfterTheWarmUp() {
    window.start(0);
    assertThat(window.begins(SECOND)).isFalse();
    assertThat(window.begins(2 * SECOND)).isTrue();
    assertThat(window.begins(2 * SECOND)).isFalse();
  }

  @Test
  void aLateLookMakesItNeitherLongerNorShorterThanItIs() {
    window.start(0);
    assertThat(window.begins(3 * SECOND)).isTrue();
    assertThat(window.over(7 * SECOND)).isFalse();
    assertThat(window.over(9 * SECOND)).isTrue();
    assertThat(window.seconds()).isEqualTo(6);
  }

  @Test
  void itIsNotOverBeforeItBegan() {
    window.start(0);
    assertThat(window.over(100 * SECOND)).isFalse();
  }
}
