package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.probe.TlsProbe;
import io.apiservervip.e2e.probe.TlsProbeResult;
import io.apiservervip.e2e.router.AgentProgram;
import io.apiservervip.e2e.router.Campaign;
import io.apiservervip.e2e.router.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A roll-out: stops and hand-overs by turns, under new TLS connections (in full 100 a second, in
 * the sample 40). Sessions of the address end when it moves, so that what is in the middle of a
 * handshake or an exchange at that moment fails; nothing else may.
 */
class NoLossRollIT {
  private static final Duration CALM = Duration.ofMillis(Campaign.FULL ? 100 : 2000);
  private static final TlsProbe.Pace PACE =
      Campaign.FULL ? TlsProbe.Pace.USUAL : TlsProbe.Pace.GENTLE;

  private static final Duration LONGEST = Duration.ofMillis(Campaign.FULL ? 1500 : 5500);

  @Test
  void clientsDoNotNoticeARollOut() throws Exception {
    int moves = Campaign.rounds(3, 40);
    List<String> figures = new ArrayList<>();
    DoorStage.warm(
        stage -> {
          try (TlsProbe probe =
              TlsProbe.start(
                  stage.lab().client().namespace(), DoorStage.ADDRESS, DoorStage.PORT, PACE)) {
            long failed = 0;
            long underWay = 0;
            for (int move = 0; move < moves; move++) {
              probe.awaitCalm(CALM, Duration.ofSeconds(40));
              Router active = stage.group().calm();
              long from = System.nanoTime() - Duration.ofMillis(200).toNanos();
              if (move % 2 == 0) {
                assertThat(active.stop()).isZero();
              } else {
                assertThat(AgentProgram.handOver(stage.lab(), active.member())).startsWith("ok");
              }
              stage.group().successorOf(active, Duration.ofSeconds(3));
              Thread.sleep(1000);
              TlsProbeResult seen = probe.between(from, System.nanoTime());
              figures.add((move % 2 == 0 ? "stop: " : "hand-over: ") + seen);
              System.err.println(figures.getLast() + " " + seen.failed());
              failed += seen.failed().size() + seen.interrupted().size();
              underWay += underWay(seen);
              assertThat(seen.latency(1)).as("%s", seen).isLessThan(LONGEST);
            }
            Campaign.report("roll-out under TLS clients", figures.toString());
            assertThat(failed).as("%s", figures).isLessThanOrEqualTo(underWay);
          }
        });
  }

  /** How many connections are at most under way at one moment, and one for the moment's length. */
  private static long underWay(TlsProbeResult seen) {
    return 1 + seen.latency(0.99).dividedBy(PACE.period());
  }
}
