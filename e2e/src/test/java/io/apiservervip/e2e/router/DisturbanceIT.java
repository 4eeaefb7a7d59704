package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capture;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a network and a machine do to a group, and what has to come of it. */
class DisturbanceIT {
  /** An advert of each (100 ms), one exchange, and 150 ms for two busy cores. */
  private static final long RECONCILED_MILLIS = 350;

  private final GroupConfig config = GroupConfig.of(3, Duration.ofMillis(100));

  @Test
  void afterAFullPartitionOneOfThreeIsLeftAndNobodyCriesSplitBrain() throws Exception {
    try (Lab lab = Lab.open(3);
        HolderWatch watch = lab.watch(config.address());
        SplitBrainWitness witness = SplitBrainWitness.of(lab.hosts())) {
      RouterGroup group = RouterGroup.configure(lab, Campaign.agent(), config, watch);
      group.calm();
      for (Host host : lab.hosts()) {
        lab.lanSwitch().blackhole(host);
      }
      watch.await(holders -> holders.size() == 3, Duration.ofSeconds(5));
      Thread.sleep(4000);
      lab.lanSwitch().pass(lab.hosts().get(1));
      lab.lanSwitch().pass(lab.hosts().get(2));
      lab.lanSwitch().pass(lab.hosts().get(0));
      long healed = HolderWatch.nowMicros();
      watch.await(holders -> holders.size() == 1, Duration.ofSeconds(5));
      long shared = HolderTimeline.longestShared(watch.spans(healed, HolderWatch.nowMicros()));
      assertThat(group.calm().host()).isEqualTo(lab.hosts().getFirst());
      Thread.sleep(3500);
      Campaign.report("full partition and heal", "one of three left after " + shared + " ms");
      assertThat(shared).isLessThanOrEqualTo(RECONCILED_MILLIS);
      assertThat(witness.claims()).isEmpty();
    }
  }

  @Test
  @Tag("long")
  void backupThatWasFrozenDoesNotTakeOver() throws Exception {
    try (Lab lab = Lab.open(2);
        HolderWatch watch = lab.watch(config.address())) {
      RouterGroup group = RouterGroup.configure(lab, Campaign.agent(), config, watch);
      Router active = group.calm();
      Router backup =
          group.routers().stream().filter(r -> !r.equals(active)).findFirst().orElseThrow();
      Capture capture =
          lab.capture(backup.host(), "ip proto 112 and src host " + backup.host().ipv4());
      long from = HolderWatch.nowMicros();
      for (int millis : List.of(150, 400, 1000, 2500, 6000)) {
        backup.freeze();
        Thread.sleep(millis);
        backup.resume();
        Thread.sleep(1000);
      }
      assertThat(watch.spans(from, HolderWatch.nowMicros())).hasSize(1);
      assertThat(capture.stop()).as("adverts of the frozen Backup").isEmpty();
    }
  }
}
