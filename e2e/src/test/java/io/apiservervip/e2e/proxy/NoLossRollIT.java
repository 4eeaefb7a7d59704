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

/** A roll-out: stops and hand-overs by turns, under 100 new TLS connections a second. */
class NoLossRollIT {
  private static final Duration CALM = Duration.ofMillis(Campaign.FULL ? 100 : 2000);
  private static final int MOST_FAILED = Campaign.FULL ? 5 : 10;

  /** Sessions of the address are reset before it moves: what was in the middle of an exchange. */
  private static final int MOST_INTERRUPTED_A_MOVE = 3;

  private static final Duration LONGEST = Duration.ofMillis(Campaign.FULL ? 1500 : 5500);

  @Test
  void clientsDoNotNoticeARollOut() throws Exception {
    int moves = Campaign.rounds(3, 40);
    List<String> figures = new ArrayList<>();
    DoorStage.warm(
        stage -> {
          try (TlsProbe probe =
              TlsProbe.start(
                  stage.lab().client().namespace(),
                  DoorStage.ADDRESS,
                  DoorStage.PORT,
                  TlsProbe.Pace.USUAL)) {
            int failed = 0;
            int interrupted = 0;
            for (int move = 0; move < moves; move++) {
              Router active = stage.group().calm();
              probe.awaitCalm(CALM, Duration.ofSeconds(40));
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
              failed += seen.failed().size();
              interrupted += seen.interrupted().size();
              assertThat(seen.latency(1)).as("%s", seen).isLessThan(LONGEST);
            }
            Campaign.report("roll-out under TLS clients", figures.toString());
            assertThat(failed).as("%s", figures).isLessThanOrEqualTo(MOST_FAILED);
            assertThat(interrupted)
                .as("%s", figures)
                .isLessThanOrEqualTo(moves * MOST_INTERRUPTED_A_MOVE);
          }
        });
  }
}
