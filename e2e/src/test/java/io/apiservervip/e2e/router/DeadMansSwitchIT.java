package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capture;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Three agents through kills, freezes and cuts in random order: the address is never long at two.
 */
class DeadMansSwitchIT {
  private static final long SEED = 20261121;
  private static final int ROUNDS = System.getProperty("campaign", "").equals("full") ? 200 : 6;

  /** Lifetime 1 s, and what the kernel may be late. */
  private static final long SHARED_MILLIS = 2100;

  /** 3 x 100 ms + skew at priority 224 (12.5 ms) + 150 ms for two busy cores. */
  private static final long WITHOUT_MILLIS = 463;

  private enum Blow {
    KILL,
    FREEZE,
    CUT
  }

  private static AgentProgram agent() {
    return AgentProgram.in(Path.of(System.getProperty("repository.root", "..")).toAbsolutePath());
  }

  @Test
  void addressIsNeverLongAtTwoHostsNorLongAtNone() throws Exception {
    GroupConfig config = GroupConfig.of(3, Duration.ofMillis(100));
    Random random = new Random(SEED);
    try (Lab lab = Lab.open(3);
        HolderWatch watch = lab.watch(config.address())) {
      RouterGroup group = RouterGroup.configure(lab, agent(), config, watch);
      group.settle();
      Thread.sleep(3000);
      for (int round = 1; round <= ROUNDS; round++) {
        Blow blow = Blow.values()[random.nextInt(3)];
        String what = "seed " + SEED + ", round " + round + ", " + blow;
        long from = HolderWatch.nowMicros();
        strike(lab, group, blow);
        List<HolderTimeline.Span> spans = watch.spans(from, HolderWatch.nowMicros());
        assertThat(HolderTimeline.longestShared(spans)).as(what).isLessThanOrEqualTo(SHARED_MILLIS);
        assertThat(HolderTimeline.longestWithout(spans))
            .as(what)
            .isLessThanOrEqualTo(WITHOUT_MILLIS);
        assertThat(watch.holders()).as(what).hasSize(1);
        for (Router router : group.routers()) {
          assertThat(AgentStatus.of(router.host()).orElseThrow().splitBrain()).as(what).isFalse();
        }
      }
    }
  }

  private static void strike(Lab lab, RouterGroup group, Blow blow) throws Exception {
    Router active = group.settle();
    switch (blow) {
      case KILL -> active.kill();
      case FREEZE -> active.freeze();
      case CUT -> lab.lanSwitch().blackhole(active.host());
    }
    group.successorOf(active, Duration.ofSeconds(3));
    Thread.sleep(3000);
    switch (blow) {
      case KILL -> active.start();
      case FREEZE -> resumedStaysSilent(lab, active);
      case CUT -> lab.lanSwitch().heal(active.host());
    }
    Thread.sleep(4000);
  }

  private static void resumedStaysSilent(Lab lab, Router frozen) throws Exception {
    Capture capture =
        lab.capture(frozen.host(), "ip proto 112 and src host " + frozen.host().ipv4());
    frozen.resume();
    Thread.sleep(2000);
    assertThat(capture.stop()).as("adverts of the resumed agent").isEmpty();
  }
}
