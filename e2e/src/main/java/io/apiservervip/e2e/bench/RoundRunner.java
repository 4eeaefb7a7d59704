package io.apiservervip.e2e.bench;

import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.ConnectionProbe;
import io.apiservervip.e2e.probe.ProbeResult;
import io.apiservervip.e2e.router.GroupConfig;
import io.apiservervip.e2e.router.Router;
import io.apiservervip.e2e.router.RouterGroup;
import io.apiservervip.e2e.router.RouterProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;

/** Rounds of one lab: a fault, what it did, and the group settled again. */
final class RoundRunner {
  /**
   * An agent has to be gone, and its address with it, within lifetime + 1.1 s; three times that.
   */
  private static final Duration WATCHED = Duration.ofSeconds(6);

  private static final Duration CALM = Duration.ofSeconds(1);

  private final Lab lab;
  private final HolderWatch watch;
  private final ConnectionProbe probe;

  RoundRunner(Lab lab, HolderWatch watch, ConnectionProbe probe) {
    this.lab = lab;
    this.watch = watch;
    this.probe = probe;
  }

  /** A fresh group of the program, one fault to its Active, and the group cleared away. */
  Round run(RouterProgram program, Profile profile, Fault fault)
      throws IOException, InterruptedException, TimeoutException {
    GroupConfig config = profile.group();
    RouterGroup group = RouterGroup.configure(lab, program, config, watch);
    try {
      Router active = settle(group);
      return round(program, profile, fault, group, active);
    } finally {
      group.clear(lab);
    }
  }

  private Router settle(RouterGroup group)
      throws IOException, InterruptedException, TimeoutException {
    group.settle();
    Thread.sleep(CALM.plus(group.config().interval().multipliedBy(4)));
    return group.settle();
  }

  private Round round(
      RouterProgram program, Profile profile, Fault fault, RouterGroup group, Router active)
      throws IOException, InterruptedException, TimeoutException {
    long from = System.nanoTime();
    long fromMicros = HolderWatch.nowMicros();
    fault.inflict(lab, active);
    group.successorOf(active, group.config().activeDown(1).plus(Duration.ofSeconds(5)));
    OptionalLong gone =
        fault.leavesTheHostUp() ? awaitGone(active, fromMicros) : OptionalLong.empty();
    Thread.sleep(CALM);
    ProbeResult seen = probe.between(from, System.nanoTime());
    List<HolderTimeline.Span> spans = watch.spans(fromMicros, HolderWatch.nowMicros());
    fault.undo(lab, active);
    int holders = spans.stream().mapToInt(span -> span.holders().size()).max().orElse(0);
    return new Round(
        program.name(),
        profile,
        fault,
        seen.outage().toMillis(),
        seen.longestSpan().toMillis(),
        seen.failed(),
        gone,
        holders);
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
