package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capture;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Three agents through kills, freezes and cuts in random order: the address is never long at two
 * hosts, nor long at none, and nobody cries split brain.
 */
class DeadMansSwitchIT {
  private static final long SEED = 20261121;

  /** Lifetime 1 s, and 1.1 s that the kernel may be late. */
  private static final long GONE_MILLIS = 2100;

  /** 3 x 100 ms + skew at priority 224 (12.5 ms) + 150 ms for two busy cores. */
  private static final long WITHOUT_MILLIS = 463;

  /** After a cut is healed: an advert of either (100 ms), one exchange, 150 ms as above. */
  private static final long RECONCILED_MILLIS = 300;

  private enum Blow {
    KILL,
    FREEZE,
    CUT
  }

  private final GroupConfig config = GroupConfig.of(3, Duration.ofMillis(100));
  private final Random random = new Random(SEED);
  private final List<Long> gone = new ArrayList<>();
  private long longestWithout;
  private long longestReconciliation;
  private int advertsBefore;

  @Test
  void addressIsNeverLongAtTwoHostsNorLongAtNone() throws Exception {
    int rounds = Campaign.rounds(6, 200);
    try (Lab lab = Lab.open(3);
        HolderWatch watch = lab.watch(config.address());
        SplitBrainWitness witness = SplitBrainWitness.of(lab.hosts())) {
      RouterGroup group = RouterGroup.configure(lab, Campaign.agent(), config, watch);
      for (int round = 1; round <= rounds; round++) {
        Blow blow = round <= 3 ? Blow.values()[round - 1] : Blow.values()[random.nextInt(3)];
        Router active = group.calm();
        String what = "seed " + SEED + ", round " + round + ", " + blow + " " + active.host();
        switch (blow) {
          case KILL -> kill(group, watch, active, what);
          case FREEZE -> freeze(lab, group, watch, active, what);
          case CUT -> cut(lab, group, watch, active, what);
        }
        assertThat(witness.claims()).as(what).isEmpty();
      }
      group.calm();
      assertThat(witness.answers()).isPositive();
      assertThat(witness.claims()).isEmpty();
      report(rounds, witness.answers());
    }
  }

  private void kill(RouterGroup group, HolderWatch watch, Router active, String what)
      throws Exception {
    long from = HolderWatch.nowMicros();
    active.kill();
    awaitGone(group, watch, active, from, what);
    active.start();
  }

  /** Also: after it goes on, the agent sends nothing that an Active would. */
  private void freeze(Lab lab, RouterGroup group, HolderWatch watch, Router active, String what)
      throws Exception {
    Capture capture =
        lab.capture(active.host(), "ip proto 112 and src host " + active.host().ipv4());
    Thread.sleep(250);
    active.freeze();
    long from = HolderWatch.nowMicros();
    awaitGone(group, watch, active, from, what);
    long resumed = HolderWatch.nowMicros();
    active.resume();
    awaitRole(active, "Backup", what);
    Thread.sleep(500);
    List<Double> times = capture.stop().stream().map(DeadMansSwitchIT::seconds).toList();
    long before = times.stream().filter(at -> at * 1e6 < from).count();
    advertsBefore += (int) before;
    assertThat(before).as("%s: adverts before the freeze", what).isPositive();
    assertThat(times)
        .as("%s: adverts after it was resumed at %d us", what, resumed)
        .noneMatch(at -> at * 1e6 >= resumed);
  }

  private static double seconds(String line) {
    return Double.parseDouble(line.substring(0, line.indexOf(' ')));
  }

  /**
   * The cut host keeps the address, alone on its side; two count from the moment it is back. Times
   * run from the end of the command that changes the switch, which may itself be slow to start.
   */
  private void cut(Lab lab, RouterGroup group, HolderWatch watch, Router active, String what)
      throws Exception {
    lab.lanSwitch().blackhole(active.host());
    long from = HolderWatch.nowMicros();
    group.successorOf(active, Duration.ofSeconds(3));
    Thread.sleep(500 + random.nextInt(1500));
    without(
        what,
        HolderTimeline.without(active.host().node(), watch.spans(from, HolderWatch.nowMicros())));
    lab.lanSwitch().pass(active.host());
    long healed = HolderWatch.nowMicros();
    watch.await(holders -> holders.size() == 1, Duration.ofSeconds(5));
    List<HolderTimeline.Span> after = watch.spans(healed, HolderWatch.nowMicros());
    long shared = HolderTimeline.longestShared(after);
    longestReconciliation = Math.max(longestReconciliation, shared);
    assertThat(shared).as(what).isLessThanOrEqualTo(RECONCILED_MILLIS);
  }

  private void awaitGone(
      RouterGroup group, HolderWatch watch, Router active, long from, String what)
      throws Exception {
    group.successorOf(active, Duration.ofSeconds(3));
    try {
      watch.await(holders -> !holders.contains(active.host().node()), Duration.ofSeconds(4));
    } catch (TimeoutException e) {
      throw new AssertionError(what + ": the address stays", e);
    }
    long to = HolderWatch.nowMicros();
    List<HolderTimeline.Span> spans = watch.spans(from, to);
    long held = spans.getLast().fromMicros() - from;
    gone.add(held / 1000);
    assertThat(held / 1000).as(what).isLessThanOrEqualTo(GONE_MILLIS);
    assertThat(HolderTimeline.longestShared(spans)).as(what).isLessThanOrEqualTo(GONE_MILLIS);
    without(what, HolderTimeline.without(active.host().node(), spans));
  }

  /** None among the hosts that are left: as long as VRRP takes, and no longer. */
  private void without(String what, List<HolderTimeline.Span> spans) {
    long without = HolderTimeline.longestWithout(spans);
    longestWithout = Math.max(longestWithout, without);
    assertThat(without).as(what).isLessThanOrEqualTo(WITHOUT_MILLIS);
  }

  private static void awaitRole(Router router, String role, String what) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!AgentStatus.of(router.host()).map(AgentStatus::role).orElse("").equals(role)) {
      assertThat(System.nanoTime()).as("%s: it becomes %s", what, role).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private void report(int rounds, int answers) {
    Collections.sort(gone);
    Campaign.report(
        "kill, freeze, cut",
        ("%d rounds; address gone %d ms median, %d ms worst after kill or freeze; longest without a"
                + " holder %d ms; two holders after a healed cut %d ms at most; %d adverts before"
                + " freezes, 0 after; split brain never claimed in %d answers")
            .formatted(
                rounds,
                gone.get(gone.size() / 2),
                gone.getLast(),
                longestWithout,
                longestReconciliation,
                advertsBefore,
                answers));
  }
}
