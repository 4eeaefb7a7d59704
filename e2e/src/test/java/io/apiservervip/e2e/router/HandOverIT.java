package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.ConnectionProbe;
import io.apiservervip.e2e.probe.EchoBackends;
import io.apiservervip.e2e.probe.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Planned moves, stops and hand-overs by turns, under a client that opens a connection every 5 ms.
 * A second client, whose server does not move, is the control: where it waits too, the machine
 * stood still, and the move is made again.
 */
class HandOverIT {
  private static final int PORT = 6443;
  private static final Duration PACE = Duration.ofMillis(5);
  private static final long SPAN_MILLIS = 50;
  private static final long MACHINE_MILLIS = 25;
  private static final int MOST_FAILED = 5;

  private final GroupConfig config = GroupConfig.of(3, Duration.ofMillis(100));
  private final List<String> moves = new ArrayList<>();
  private long longestSpan;
  private long longestControl;
  private long longestWithout;
  private int failed;
  private int repeated;

  @Test
  void clientsDoNotNoticePlannedMoves() throws Exception {
    int rounds = Campaign.rounds(5, 40);
    try (Lab lab = Lab.open(3);
        EchoBackends backends = EchoBackends.start(lab, PORT);
        HolderWatch watch = lab.watch(config.address());
        ConnectionProbe client = probe(lab, config.address(), backends.port());
        ConnectionProbe control = probe(lab, lab.hosts().get(2).ipv4(), backends.port())) {
      RouterGroup group = RouterGroup.configure(lab, Campaign.agent(), config, watch);
      for (int done = 0; done < rounds; ) {
        if (move(lab, group, watch, client, control, done % 2 == 0)) {
          done++;
        } else {
          repeated++;
          assertThat(repeated).as("moves while the machine stood still").isLessThan(rounds);
        }
      }
    }
    Campaign.report(
        "planned moves",
        ("%d moves; longest span without an answer %d ms (control %d ms); failed attempts %d;"
                + " longest without a holder %d ms; %d repeated because the machine stood still")
            .formatted(rounds, longestSpan, longestControl, failed, longestWithout, repeated));
    assertThat(longestSpan).as("%s", moves).isLessThan(SPAN_MILLIS);
    assertThat(failed).as("%s", moves).isLessThanOrEqualTo(MOST_FAILED);
  }

  private static ConnectionProbe probe(Lab lab, String address, int port) {
    return ConnectionProbe.start(lab.client().namespace(), address, port, PACE);
  }

  private boolean move(
      Lab lab,
      RouterGroup group,
      HolderWatch watch,
      ConnectionProbe client,
      ConnectionProbe control,
      boolean stop)
      throws Exception {
    Router active = group.calm();
    long from = System.nanoTime();
    long fromMicros = HolderWatch.nowMicros();
    if (stop) {
      assertThat(active.stop()).as("exit status of %s", active.host()).isZero();
    } else {
      assertThat(AgentProgram.handOver(lab, active.member())).startsWith("ok");
    }
    group.successorOf(active, Duration.ofSeconds(3));
    Thread.sleep(500);
    long to = System.nanoTime();
    List<HolderTimeline.Span> spans = watch.spans(fromMicros, HolderWatch.nowMicros());
    ProbeResult seen = client.between(from, to);
    long machine = control.between(from, to).longestSpan().toMillis();
    if (machine >= MACHINE_MILLIS) {
      return false;
    }
    long span = seen.longestSpan().toMillis();
    moves.add(
        "%s %s: span %d ms, control %d ms, failed %d"
            .formatted(stop ? "stop" : "hand-over", active.host(), span, machine, seen.failed()));
    System.err.println(moves.getLast());
    longestSpan = Math.max(longestSpan, span);
    longestControl = Math.max(longestControl, machine);
    longestWithout = Math.max(longestWithout, HolderTimeline.longestWithout(spans));
    failed += seen.failed();
    return true;
  }
}
