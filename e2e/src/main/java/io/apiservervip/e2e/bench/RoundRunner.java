package io.apiservervip.e2e.bench;

import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.ConnectionProbe;
import io.apiservervip.e2e.probe.ProbeResult;
import io.apiservervip.e2e.router.Router;
import io.apiservervip.e2e.router.RouterGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/** Rounds of one lab: a fault to a group at rest, what it did, and the group at rest again. */
final class RoundRunner {
  /** How long an address that stays on a killed host is watched: lifetime 1 s, 1.1 s, and more. */
  private static final Duration WATCHED = Duration.ofMillis(2500);

  /** From the take-over to the end of the window in which the client is listened to. */
  private static final Duration AFTER = Duration.ofMillis(300);

  private final Lab lab;
  private final HolderWatch watch;
  private final ConnectionProbe probe;

  RoundRunner(Lab lab, HolderWatch watch, ConnectionProbe probe) {
    this.lab = lab;
    this.watch = watch;
    this.probe = probe;
  }

  Round run(String program, Profile profile, Fault fault, RouterGroup group)
      throws IOException, InterruptedException, TimeoutException {
    Router active = group.calm();
    long from = System.nanoTime();
    long fromMicros = HolderWatch.nowMicros();
    fault.inflict(lab, active);
    if (fault.moves()) {
      group.successorOf(active, group.config().activeDown(1).plus(Duration.ofSeconds(5)));
    }
    OptionalLong gone =
        fault.leavesTheHostUp() ? awaitGone(active, fromMicros) : OptionalLong.empty();
    Thread.sleep(AFTER);
    long to = System.nanoTime();
    List<HolderTimeline.Span> spans = watch.spans(fromMicros, HolderWatch.nowMicros());
    fault.undo(lab, active);
    if (!active.running()) {
      group.sweep(lab, active.host());
      active.start();
    }
    ProbeResult seen = probe.between(from, to);
    return new Round(
        program,
        profile,
        fault,
        seen.outage().toMillis(),
        seen.longestSpan().toMillis(),
        seen.failed(),
        gone,
        HolderTimeline.longestShared(
            fault.disconnects() ? HolderTimeline.without(active.host().node(), spans) : spans));
  }

  private OptionalLong awaitGone(Router active, long fromMicros) throws InterruptedException {
    try {
      watch.await(holders -> !holders.contains(active.host().node()), WATCHED);
      return OptionalLong.of((HolderWatch.nowMicros() - fromMicros) / 1000);
    } catch (TimeoutException e) {
      return OptionalLong.empty();
    }
  }
}
