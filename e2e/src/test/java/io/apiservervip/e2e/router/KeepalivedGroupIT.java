package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Lab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The harness itself, proven with keepalived against keepalived before it judges anybody else. */
class KeepalivedGroupIT {
  private static final RouterProgram KEEPALIVED = new KeepalivedProgram();
  private static final Duration TICK = Duration.ofMillis(100);

  @Test
  void gracefulStopCostsTheSkewTimeOfTheSuccessor() throws Exception {
    GroupConfig config = GroupConfig.of(3, TICK).withPassword("");
    try (Lab lab = Lab.open(2);
        HolderWatch watch = lab.watch(config.address())) {
      List<GroupMember> members =
          List.of(
              new GroupMember(lab.hosts().get(0), 200), new GroupMember(lab.hosts().get(1), 100));
      Router first = KEEPALIVED.configure(lab, config, members, members.get(0));
      Router second = KEEPALIVED.configure(lab, config, members, members.get(1));
      first.start();
      watch.await(List.of("cp-1")::equals, Duration.ofSeconds(5));
      second.start();
      Thread.sleep(1500);
      long from = HolderWatch.nowMicros();
      assertThat(first.stop()).isZero();
      watch.await(List.of("cp-2")::equals, Duration.ofSeconds(2));
      long without = HolderTimeline.longestWithout(watch.spans(from, HolderWatch.nowMicros()));
      assertThat(without).isBetween(55L, 90L); // skew at priority 100 and 100 ms: 60.9 ms
    }
  }

  @Test
  void killedProgramLeavesItsAddressAndTwoHostsHoldIt() throws Exception {
    GroupConfig config = GroupConfig.of(3, TICK);
    try (Lab lab = Lab.open(3);
        HolderWatch watch = lab.watch(config.address())) {
      RouterGroup group = RouterGroup.configure(lab, KEEPALIVED, config, watch);
      Router active = group.settle();
      Thread.sleep(1000);
      active.kill();
      Router successor = group.successorOf(active, Duration.ofSeconds(2));
      Thread.sleep(1000);
      assertThat(watch.holders())
          .containsExactlyInAnyOrder(active.host().node(), successor.host().node());
      group.clear(lab);
      assertThat(watch.await(List::isEmpty, Duration.ofSeconds(1))).isEmpty();
    }
  }

  @Test
  void wrongPasswordMakesTwoHolders() throws Exception {
    GroupConfig config = GroupConfig.of(2, Duration.ofSeconds(1)).withPassword("1111");
    try (Lab lab = Lab.open(2);
        HolderWatch watch = lab.watch(config.address())) {
      List<GroupMember> members =
          List.of(
              new GroupMember(lab.hosts().get(0), 200), new GroupMember(lab.hosts().get(1), 100));
      Router right = KEEPALIVED.configure(lab, config, members, members.get(0));
      Router wrong =
          KEEPALIVED.configure(lab, config.withPassword("2222"), members, members.get(1));
      right.start();
      wrong.start();
      assertThat(watch.await(h -> h.size() == 2, Duration.ofSeconds(8))).hasSize(2);
    }
  }

  @Test
  void unicastGroupElectsAndFailsOver() throws Exception {
    GroupConfig config = GroupConfig.of(3, TICK).with(GroupConfig.Options.UNICAST);
    try (Lab lab = Lab.open(3);
        HolderWatch watch = lab.watch(config.address())) {
      RouterGroup group = RouterGroup.configure(lab, KEEPALIVED, config, watch);
      Router active = group.settle();
      Thread.sleep(1000);
      lab.lanSwitch().cut(active.host());
      assertThat(group.successorOf(active, Duration.ofSeconds(2))).isNotSameAs(active);
    }
  }
}
