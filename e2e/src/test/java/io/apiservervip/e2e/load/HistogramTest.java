package io.apiservervip.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {
  private final Histogram histogram = new Histogram();

  @Test
  void smallTimesAreKeptExactly() {
    for (long nanos = 1; nanos <= 100; nanos++) {
      histogram.add(nanos);
    }
    assertThat(histogram.quantile(0.5)).isEqualTo(50);
    assertThat(histogram.quantile(0.99)).isEqualTo(99);
    assertThat(histogram.quantile(1)).isEqualTo(100);
  }

  @Test
  void largeTimesAreAtMostASixtyFourthTooHigh() {
    for (long nanos = 1000; nanos < 4_000_000_000_000L; nanos = nanos * 3 + 7) {
      histogram.clear();
      histogram.add(nanos);
      assertThat(histogram.quantile(1)).isBetween(nanos, nanos + nanos / 64);
    }
  }

  @Test
  void aFewSlowOnesShowInTheirQuantileAlone() {
    for (int i = 0; i < 990; i++) {
      histogram.add(100);
    }
    for (int i = 0; i < 10; i++) {
      histogram.add(1_000_000);
    }
    assertThat(histogram.count()).isEqualTo(1000);
    assertThat(histogram.quantile(0.99)).isEqualTo(100);
    assertThat(histogram.quantile(0.999)).isBetween(1_000_000L, 1_016_000L);
  }

  @Test
  void nothingCountedIsZero() {
    histogram.add(5);
    histogram.clear();
    assertThat(histogram.count()).isZero();
    assertThat(histogram.quantile(0.5)).isZero();
  }

  @Test
  void theLongestTimeHasABucket() {
    histogram.add(Long.MAX_VALUE);
    assertThat(histogram.quantile(1)).isEqualTo(Long.MAX_VALUE);
  }
}
