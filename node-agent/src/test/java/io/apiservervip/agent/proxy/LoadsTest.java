package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which servers are silent, on a clock that passes zero. */
class LoadsTest {
  private static final long MILLI = 1_000_000L;
  private static final long NOW = -500 * MILLI;

  private final Loads loads = new Loads();

  @Test
  void nobodyIsSilentAtFirst() {
    loads.dialling(0, NOW);

    assertThat(loads.silent(0, NOW)).isFalse();
  }

  @Test
  void aServerThatLeftASynUnansweredIsSilentForASecond() {
    loads.unanswered(0, NOW);

    assertThat(loads.silent(0, NOW + 999 * MILLI)).isTrue();
    assertThat(loads.silent(1, NOW + 999 * MILLI)).isFalse();
    assertThat(loads.silent(0, NOW + 1_001 * MILLI)).isFalse();
  }

  @Test
  void thenOneClientTriesItAndTheOthersWaitForThat() {
    loads.unanswered(0, NOW);
    loads.dialling(0, NOW + 1_100 * MILLI);

    assertThat(loads.silent(0, NOW + 1_101 * MILLI)).isTrue();
    assertThat(loads.silent(0, NOW + 2_101 * MILLI)).isFalse();
  }

  @Test
  void aConnectionThatIsEstablishedEndsTheSilence() {
    loads.dialling(0, NOW);
    loads.unanswered(0, NOW);
    loads.connected(0);

    assertThat(loads.silent(0, NOW + MILLI)).isFalse();
    loads.dialling(0, NOW + 2 * MILLI);
    assertThat(loads.silent(0, NOW + 3 * MILLI)).isFalse();
  }
}
