package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capture;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent in one group with Debian's FRR: each of the two takes over from the other. */
class FrrIT {
  private static final GroupConfig V3 =
      GroupConfig.of(3, Duration.ofMillis(100)).with(GroupConfig.Options.PREEMPT);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Test
  void version3() throws Exception {
    bothWays(V3);
  }

  @Test
  @Tag("long")
  void version2() throws Exception {
    bothWays(GroupConfig.of(2, Duration.ofSeconds(1)).with(GroupConfig.Options.PREEMPT));
  }

  @Test
  @Tag("long")
  void ipv6() throws Exception {
    bothWays(V3.withAddresses(List.of("fd99::50")));
  }

  /** FRR (200) is Active; ours (100) takes over when it is killed, and yields when it is back. */
  private static void bothWays(GroupConfig group) throws Exception {
    try (Lab lab = Lab.open(2);
        HolderWatch watch = lab.watch(group.address())) {
      Evidence.of(
          lab,
          () -> {
            GroupMember them = new GroupMember(lab.host("cp-1"), 200);
            GroupMember us = new GroupMember(lab.host("cp-2"), 100);
            List<GroupMember> members = List.of(them, us);
            Router frr = new FrrProgram().configure(lab, group, members, them);
            Router ours = Campaign.agent().configure(lab, group, members, us);
            frr.start();
            Thread.sleep(5000);
            ours.start();
            Thread.sleep(5000);
            assertThat(AgentStatus.of(us.host()).orElseThrow().role()).isEqualTo("Backup");
            frr.kill();
            watch.await(now -> now.contains("cp-2"), PATIENCE);
            assertThat(sends(lab, group, us.host())).isTrue();
            frr.start();
            watch.await(now -> !now.contains("cp-2"), PATIENCE);
            assertThat(sends(lab, group, us.host())).isFalse();
            assertThat(sends(lab, group, them.host())).isTrue();
          });
    }
  }

  /** Whether the host advertises now. */
  private static boolean sends(Lab lab, GroupConfig group, Host host) throws Exception {
    String filter = (group.ipv6() ? "ip6" : "ip") + " proto 112";
    Capture capture = lab.capture(host, filter + " and inbound");
    Thread.sleep(group.interval().multipliedBy(3));
    return !capture.stop().isEmpty();
  }
}
