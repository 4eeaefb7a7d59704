package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.probe.TlsProbeResult;
import java.time.Duration;

/** What clients saw of one loss in one round. */
record LossSample(String program, Loss loss, Counts counts, Latency latency) {
  private static final Duration SOON = Duration.ofMillis(500);

  /**
   * How many attempts there were and how they ended.
   *
   * @param failed without an answer in 5 s, and no server had begun to answer
   * @param interrupted the lost server had begun to answer: nobody can go on for it
   * @param slow without an answer in 0.5 s, the failed ones among them, not the interrupted
   */
  record Counts(int attempts, int failed, int interrupted, int slow) {}

  /** Quantiles of the answers, in milliseconds. */
  record Latency(long p50, long p99, long most) {}

  static LossSample of(String program, Loss loss, TlsProbeResult result) {
    int late =
        (int)
            result.attempts().stream()
                .filter(a -> a.failure().isEmpty() && a.latency().compareTo(SOON) > 0)
                .count();
    int failed = result.failed().size();
    return new LossSample(
        program,
        loss,
        new Counts(result.attempts().size(), failed, result.interrupted().size(), failed + late),
        new Latency(
            result.latency(0.5).toMillis(),
            result.latency(0.99).toMillis(),
            result.latency(1).toMillis()));
  }

  /** A line of JSON. */
  String json() {
    return ("{\"program\":\"%s\",\"loss\":\"%s\",\"attempts\":%d,\"failed\":%d,\"interrupted\":%d,"
            + "\"slow\":%d,\"p50Millis\":%d,\"p99Millis\":%d,\"mostMillis\":%d}")
        .formatted(
            program,
            loss.title(),
            counts.attempts(),
            counts.failed(),
            counts.interrupted(),
            counts.slow(),
            latency.p50(),
            latency.p99(),
            latency.most());
  }
}
