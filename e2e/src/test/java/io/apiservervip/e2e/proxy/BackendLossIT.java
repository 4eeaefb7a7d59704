package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.probe.ConnectionProbe;
import io.apiservervip.e2e.probe.EchoBackends;
import io.apiservervip.e2e.probe.TlsProbe;
import io.apiservervip.e2e.probe.TlsProbeResult;
import io.apiservervip.e2e.probe.TlsServer;
import io.apiservervip.e2e.router.Campaign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * New TLS connections (in full 100 a second, in the sample 40) through the virtual address while
 * one of three API servers is lost: in silence, hung, or killed. A client of a server that nothing
 * happens to is the control: where it waits too, the machine stood still or was busy, and the round
 * is made again.
 */
class BackendLossIT {
  private static final int CONTROL_PORT = 7000;
  private static final Duration MACHINE = Duration.ofMillis(80);

  /** Half of the clients never meet the lost server: what they wait for is a processor. */
  private static final Duration BUSY = Duration.ofMillis(20);

  private static final int MOST_INTERRUPTED = Campaign.FULL ? 2 : 10;
  private static final Duration P99 = Duration.ofMillis(150);

  /** The sample runs beside other tests: it judges failures, the campaign in full times too. */
  private static final Duration CALM =
      Campaign.FULL ? Duration.ofMillis(100) : Duration.ofSeconds(2);

  private static final Duration LOST = Duration.ofSeconds(5);
  private static final Duration BACK = Duration.ofSeconds(60);

  private enum Loss {
    CUT,
    HUNG,
    KILLED
  }

  /** A killed server refuses, which is the easiest of the three to get around. */
  private static final List<Loss> LOSSES =
      Campaign.FULL ? List.of(Loss.values()) : List.of(Loss.CUT, Loss.HUNG);

  private final List<String> figures = new ArrayList<>();

  @Test
  void clientsDoNotNoticeTheLossOfAnApiServer() throws Exception {
    int rounds = Campaign.rounds(1, 10);
    DoorStage.warm(
        stage -> {
          try (EchoBackends echo = EchoBackends.start(stage.lab(), CONTROL_PORT);
              TlsProbe probe =
                  TlsProbe.start(
                      stage.lab().client().namespace(),
                      DoorStage.ADDRESS,
                      DoorStage.PORT,
                      Campaign.FULL ? TlsProbe.Pace.USUAL : TlsProbe.Pace.GENTLE)) {
            probe.awaitCalm(CALM, Duration.ofSeconds(90));
            int repeated = 0;
            for (int round = 0; round < rounds; round++) {
              for (Loss loss : LOSSES) {
                while (!lose(stage, probe, loss, victim(stage, round), echo.port())) {
                  repeated++;
                  assertThat(repeated)
                      .as("rounds while the machine was busy")
                      .isLessThan(4 + rounds);
                }
              }
            }
            Campaign.report("loss of an API server", figures + ", repeated " + repeated);
          }
        });
  }

  /** A server of a host without the address, so that the address stays where it is. */
  private static TlsServer victim(DoorStage stage, int round) {
    List<Host> others =
        stage.lab().hosts().stream()
            .filter(host -> !stage.watch().holders().contains(host.node()))
            .toList();
    return stage.backends().on(others.get(round % others.size()));
  }

  private boolean lose(DoorStage stage, TlsProbe probe, Loss loss, TlsServer victim, int control)
      throws Exception {
    Host witness = stage.lab().host(stage.watch().holders().getFirst());
    try (ConnectionProbe calm =
        ConnectionProbe.start(
            stage.lab().client().namespace(), witness.ipv4(), control, Duration.ofMillis(10))) {
      Thread.sleep(1000);
      long from = System.nanoTime() - Duration.ofMillis(500).toNanos();
      switch (loss) {
        case CUT -> stage.lab().lanSwitch().blackhole(victim.host());
        case HUNG -> victim.freeze();
        case KILLED -> victim.kill();
      }
      Thread.sleep(LOST);
      long to = System.nanoTime();
      TlsProbeResult seen = probe.between(from, to);
      Duration machine = calm.between(from, to).longestSpan();
      undo(stage, loss, victim);
      if (Campaign.FULL || loss != LOSSES.getLast()) {
        awaitBack(probe, victim);
      }
      figures.add(loss + ": " + seen + ", control " + machine.toMillis() + " ms");
      System.err.println(figures.getLast());
      boolean busy = machine.compareTo(MACHINE) > 0 || seen.latency(0.5).compareTo(BUSY) > 0;
      if (Campaign.FULL && busy) {
        return false;
      }
      judge(loss, seen);
      return true;
    }
  }

  private static void judge(Loss loss, TlsProbeResult seen) {
    String what = loss + ": " + seen;
    assertThat(seen.attempts())
        .as(what)
        .hasSizeBetween(Campaign.FULL ? 500 : 100, Campaign.FULL ? 600 : 500);
    assertThat(seen.failed()).as(what).isEmpty();
    assertThat(seen.interrupted()).as(what).hasSizeLessThanOrEqualTo(MOST_INTERRUPTED);
    if (Campaign.FULL && loss != Loss.HUNG) {
      assertThat(seen.latency(0.99)).as(what).isLessThanOrEqualTo(P99);
    }
  }

  private static void undo(DoorStage stage, Loss loss, TlsServer victim) throws Exception {
    switch (loss) {
      case CUT -> stage.lab().lanSwitch().heal(victim.host());
      case HUNG -> victim.resume();
      case KILLED -> {
        victim.start();
        victim.awaitListening();
      }
    }
  }

  private static void awaitBack(TlsProbe probe, TlsServer victim) throws Exception {
    long deadline = System.nanoTime() + BACK.toNanos();
    while (System.nanoTime() < deadline) {
      long from = System.nanoTime();
      Thread.sleep(1000);
      if (probe.between(from, System.nanoTime()).servers().containsKey(victim.host().node())) {
        probe.awaitCalm(CALM, BACK);
        return;
      }
    }
    throw new AssertionError(victim.host() + " did not come back");
  }
}
