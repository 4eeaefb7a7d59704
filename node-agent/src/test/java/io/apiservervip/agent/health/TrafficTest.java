package io.apiservervip.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final long LONG_AGO = 1_000 - (Long.MAX_VALUE >> 1);

  private final AtomicInteger told = new AtomicInteger();
  private final Traffic traffic = new Traffic(told::incrementAndGet, 1_000);

  @Test
  void successesTellNothing() {
    traffic.connected(2_000);
    traffic.answered(3_000);

    assertThat(told).hasValue(0);
    assertThat(traffic.empty()).isEqualTo(new TrafficSample(0, 0, 0, 2_000, 3_000));
  }

  @Test
  void anyNumberOfFailuresTellsOnceUntilItIsEmptied() {
    for (int i = 0; i < 1_000; i++) {
      traffic.connectFailed(false);
      traffic.connectFailed(true);
      traffic.unanswered();
    }

    assertThat(told).hasValue(1);
    assertThat(traffic.empty())
        .isEqualTo(new TrafficSample(1_000, 1_000, 1_000, LONG_AGO, LONG_AGO));
    assertThat(traffic.empty()).isEqualTo(new TrafficSample(0, 0, 0, LONG_AGO, LONG_AGO));
    traffic.unanswered();
    assertThat(told).hasValue(2);
  }

  @Test
  void successEndsTheRowThatWasNotEmptiedYet() {
    traffic.connectFailed(false);
    traffic.connectFailed(true);
    traffic.connected(2_000);
    traffic.connectFailed(false);
    traffic.unanswered();
    traffic.unanswered();
    traffic.answered(3_000);
    traffic.unanswered();

    assertThat(traffic.empty()).isEqualTo(new TrafficSample(1, 0, 1, 2_000, 3_000));
  }

  @Test
  void connectThatSucceededSaysNothingOfFirstFlights() {
    traffic.unanswered();
    traffic.connected(2_000);

    assertThat(traffic.empty()).isEqualTo(new TrafficSample(0, 0, 1, 2_000, LONG_AGO));
  }
}
