package io.apiservervip.e2e.proxybench;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.probe.TlsAttempt;
import io.apiservervip.e2e.probe.TlsFailure;
import io.apiservervip.e2e.probe.TlsProbeResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossTableTest {

  @Test
  void roundsAreAddedUpAndLatenciesTheirMedians() {
    LossTable table =
        new LossTable(
            List.of(
                sample("node-agent", 0, 1, 0, new LossSample.Latency(3, 110, 130)),
                sample("haproxy", 7, 0, 90, new LossSample.Latency(4, 1004, 2300)),
                sample("node-agent", 0, 0, 2, new LossSample.Latency(5, 150, 520))));
    assertThat(table.markdown())
        .endsWith(
            """
            | silently cut | haproxy | 1 | 1200 | 7 | 0 | 90 | 4 ms | 1004 ms | 2300 ms |
            | silently cut | node-agent | 2 | 2400 | 0 | 1 | 2 | 4 ms | 130 ms | 520 ms |
            """);
  }

  @Test
  void anInterruptedAttemptIsNeitherFailedNorSlow() {
    TlsProbeResult result =
        new TlsProbeResult(
            List.of(
                attempt(3, true, Optional.empty()),
                attempt(600, true, Optional.empty()),
                attempt(5000, true, Optional.of(TlsFailure.TIMED_OUT)),
                attempt(5000, false, Optional.of(TlsFailure.TIMED_OUT))));
    LossSample sample = LossSample.of("node-agent", Loss.HUNG, result);
    assertThat(sample)
        .isEqualTo(
            new LossSample(
                "node-agent",
                Loss.HUNG,
                new LossSample.Counts(4, 1, 1, 2),
                new LossSample.Latency(3, 600, 600)));
  }

  private static LossSample sample(
      String program, int failed, int interrupted, int slow, LossSample.Latency latency) {
    return new LossSample(
        program, Loss.CUT, new LossSample.Counts(1200, failed, interrupted, slow), latency);
  }

  private static TlsAttempt attempt(long millis, boolean begun, Optional<TlsFailure> failure) {
    return new TlsAttempt(
        0, millis * 1_000_000, true, begun, failure.isEmpty() ? "cp-2" : "", failure);
  }
}
