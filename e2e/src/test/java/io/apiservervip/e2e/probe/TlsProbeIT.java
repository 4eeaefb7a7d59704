package io.apiservervip.e2e.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The TLS servers and their client, without anything between them. */
@Tag("long")
class TlsProbeIT {
  private static final TlsProbe.Pace PACE =
      new TlsProbe.Pace(Duration.ofMillis(10), Duration.ofSeconds(1));

  @Test
  void probeTellsWhoAnsweredAndHowEachFailureCame() throws Exception {
    try (Lab lab = Lab.open(1)) {
      TlsBackends backends = TlsBackends.startWarm(lab, 6443);
      Host host = lab.hosts().getFirst();
      TlsServer server = backends.on(host);
      try (TlsProbe probe = TlsProbe.start(lab.client().namespace(), host.ipv4(), 6443, PACE)) {
        probe.awaitCalm(Duration.ofMillis(100), Duration.ofSeconds(30));
        TlsProbeResult calm = during(probe, 1000, () -> {});
        assertThat(calm.servers()).containsOnlyKeys("cp-1");
        assertThat(calm.attempts()).hasSizeBetween(95, 105);
        assertThat(calm.failed()).isEmpty();
        assertThat(server.ledger().get(BackendLedger.Entry.ANSWERED)).isGreaterThan(300);

        TlsProbeResult frozen = during(probe, 500, server::freeze);
        assertThat(frozen.failed()).isNotEmpty().allMatch(a -> failedAs(a, TlsFailure.TIMED_OUT));
        server.resume();
        Thread.sleep(1500);

        TlsProbeResult cut = during(probe, 500, () -> lab.lanSwitch().blackhole(host));
        assertThat(cut.failed()).isNotEmpty().allMatch(a -> failedAs(a, TlsFailure.TIMED_OUT));
        lab.lanSwitch().pass(host);
        Thread.sleep(1500);

        TlsProbeResult killed = during(probe, 500, server::kill);
        assertThat(killed.failed()).anyMatch(a -> failedAs(a, TlsFailure.REFUSED));
        server.start();
        server.awaitListening();
        assertThat(during(probe, 500, () -> {}).servers()).containsOnlyKeys("cp-1");
      }
    }
  }

  /** Something done to the server. */
  private interface Deed {
    void run() throws Exception;
  }

  private static TlsProbeResult during(TlsProbe probe, long millis, Deed deed) throws Exception {
    deed.run();
    long from = System.nanoTime();
    Thread.sleep(millis);
    TlsProbeResult result = probe.between(from, System.nanoTime());
    System.err.println(result + " " + result.failed().stream().limit(3).toList());
    return result;
  }

  private static boolean failedAs(TlsAttempt attempt, TlsFailure failure) {
    return attempt.failure().filter(failure::equals).isPresent();
  }
}
