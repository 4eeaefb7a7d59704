package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.observe.Traffic.Rate;
import io.apiservervip.agentapi.BackendAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RateBookTest {
  private static final BackendAddress BACKEND = Samples.backend("10.99.0.11", 6443);
  private final RateBook book = new RateBook();

  @Test
  void firstLookHasNoRate() {
    assertThat(rate(0, 0)).isNull();
    book.sample(totals(0), 0);
    assertThat(rate(100, 2_400_000_000L)).isNull();
  }

  @Test
  void rateSpansTheTimeSinceTheSample() {
    book.sample(totals(100), 0);

    assertThat(rate(400, 3_000_000_000L)).isEqualTo(new Rate(100, 1000, 0));
  }

  @Test
  void justAfterASampleTheRateSpansTheOneBefore() {
    book.sample(totals(0), 0);
    book.sample(totals(500), 5_000_000_000L);

    assertThat(rate(600, 6_000_000_000L)).isEqualTo(new Rate(100, 1000, 0));
  }

  @Test
  void aSampleTooSoonIsPassedOver() {
    book.sample(totals(0), 0);
    book.sample(totals(400), 4_000_000_000L);

    assertThat(rate(800, 8_000_000_000L)).isEqualTo(new Rate(100, 1000, 0));
  }

  @Test
  void backendThatIsNewCountsFromZero() {
    book.sample(Map.of(), 0);

    assertThat(rate(400, 4_000_000_000L)).isEqualTo(new Rate(100, 1000, 0));
  }

  private @Nullable Rate rate(long connections, long nowNanos) {
    Traffic traffic =
        book.rates(totals(connections), nowNanos)
            .getOrDefault("apiserver", Map.of())
            .getOrDefault(BACKEND, Traffic.NONE);
    return traffic.rate();
  }

  private static Map<String, Map<BackendAddress, BackendTotals>> totals(long connections) {
    return Map.of(
        "apiserver", Map.of(BACKEND, new BackendTotals(connections, connections * 10, 0, 0, 0, 0)));
  }
}
