package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the host does to a router, and how it comes back. */
class FaultTest {
  private final Lab lab = new Lab();
  private final FakeHost host = new FakeHost(1, lab.clock, lab.wire);

  private Lab.Node start() {
    return lab.add(host, Nets.node(1, 200));
  }

  @Test
  void missingCapabilityIsNamedAndTriedAgainEverySecond() {
    host.openFault = new OperatingException("socket(AF_INET, SOCK_RAW)", "eth0", 1, "EPERM");
    Lab.Node one = start();
    lab.run(5_500);
    assertThat(one.role()).isEqualTo(Role.FAULT);
    assertThat(one.loop.status().reason())
        .isEqualTo(
            "raw sockets are not permitted: grant the capability CAP_NET_RAW"
                + " (socket(AF_INET, SOCK_RAW) eth0: EPERM (errno 1))");
    assertThat(one.observer.roles).containsExactly("Initialize -> Fault interface_lost");
    host.openFault = null;
    lab.run(2_500);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void interfaceThatGoesWhileSocketsFailCostsNoBusyLoop() {
    host.openFault = new OperatingException("socket", "eth0", 1, "EPERM");
    Lab.Node one = start();
    lab.run(100);
    host.unplug(Nets.ETH0);
    lab.run(3_000);
    assertThat(one.loop.status().reason()).startsWith("no interface's subnet contains 10.0.0.50");
    assertThat(one.observer.latestNanos).isLessThanOrEqualTo(FakeClock.MILLI);
  }

  @Test
  void laterFaultIsTheOneThatIsShown() {
    Lab.Node one = start();
    lab.run(2_000);
    host.change(new NetworkInterfaceState(2, "eth0", Nets.mac(1), true, false, false, false));
    lab.run(2);
    assertThat(one.loop.status().reason()).isEqualTo("interface eth0 has no carrier");
    assertThat(one.holds()).isFalse();
    host.change(new NetworkInterfaceState(2, "eth0", Nets.mac(1), false, false, false, false));
    lab.run(2);
    assertThat(one.loop.status().reason()).isEqualTo("interface eth0 is down");
    host.change(Nets.eth0(1));
    lab.run(1_000);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void interfaceThatReturnsUnderTheSameNumberInOneBreathGetsNewSockets() {
    Lab.Node one = start();
    lab.run(2_000);
    host.news();
    host.unplug(Nets.ETH0);
    host.change(Nets.eth0(1));
    host.kernel.plant(Nets.on(Nets.ETH0, "10.0.0.1", 24));
    lab.run(2);
    assertThat(host.news()).containsSubsequence("close", "open eth0");
    assertThat(one.role()).isEqualTo(Role.INITIALIZE);
    lab.run(1_200);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.holds()).isTrue();
  }

  @Test
  void interfaceThatReturnsUnderAnotherNumberIsFollowed() {
    Lab.Node one = start();
    lab.run(2_000);
    host.unplug(Nets.ETH0);
    lab.run(500);
    assertThat(one.role()).isEqualTo(Role.FAULT);
    host.change(Nets.nic(9, "eth0", 1));
    host.kernel.plant(Nets.on(9, "10.0.0.1", 24));
    lab.run(1_500);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(host.kernel.all()).contains(Nets.ours(9, "10.0.0.50", 32));
  }

  @Test
  void addressRemovedBySomebodyElseIsPutBackAndCounted() {
    Lab.Node one = start();
    lab.run(2_000);
    host.news();
    host.kernel.tear(Nets.ETH0, Nets.VIP);
    lab.run(2);
    assertThat(one.observer.putBack).isEqualTo(1);
    assertThat(host.log).containsExactly("put 10.0.0.50/32", "announce 10.0.0.50");
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void removalAtAlostElectionIsNobodyElses() {
    Lab.Node one = start();
    lab.run(2_000);
    Nets.Draft better = Nets.node(2, 250);
    better.preempt = true;
    lab.add(better);
    lab.run(3_000);
    assertThat(one.role()).isEqualTo(Role.BACKUP);
    assertThat(one.observer.putBack).isZero();
  }

  @Test
  void lostNotificationsAreMadeUpForByAdump() {
    Lab.Node one = start();
    lab.run(2_000);
    host.interfaces.put(
        2, new NetworkInterfaceState(2, "eth0", Nets.mac(1), true, false, false, false));
    host.events.add(new LinkEvent.Overrun());
    lab.run(3);
    assertThat(one.loop.status().reason()).isEqualTo("interface eth0 has no carrier");
    assertThat(one.observer.putBack).isZero();
  }

  @Test
  void refusedAddressLeadsToFaultAndIsTriedAgainByTheRouter() {
    host.kernel.putFault = new OperatingException("RTM_NEWADDR", "10.0.0.50", 1, "not permitted");
    host.kernel.failures = 3;
    Lab.Node one = start();
    lab.run(1_200);
    assertThat(one.role()).isEqualTo(Role.FAULT);
    assertThat(one.loop.status().reason())
        .isEqualTo("RTM_NEWADDR 10.0.0.50: not permitted (errno 1)");
    assertThat(host.log).contains("advert 0");
    lab.run(6_000);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void ownLeftOverIsRemovedAtStartAndAstrangersIsNot() {
    host.kernel.plant(Nets.ours(Nets.ETH0, "10.0.0.50", 32));
    host.kernel.plant(Nets.on(Nets.ETH0, "10.0.0.77", 32));
    Lab.Node one = start();
    assertThat(one.observer.notices)
        .containsExactly("removing 10.0.0.50, left over from an earlier life");
    lab.run(1);
    assertThat(host.news()).startsWith("remove 10.0.0.50");
    lab.run(2_000);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.observer.putBack).isZero();
    assertThat(host.kernel.holds(Nets.ip("10.0.0.77"))).isTrue();
  }

  @Test
  void leftOverThatCannotBeRemovedIsTriedAgain() {
    host.kernel.plant(Nets.ours(Nets.ETH0, "10.0.0.50", 32));
    host.kernel.removeFault = new OperatingException("RTM_DELADDR", "eth0", 16, "EBUSY");
    host.kernel.failures = Integer.MAX_VALUE;
    Lab.Node one = start();
    one.loop.health(0, false);
    lab.run(1_500);
    assertThat(one.holds()).isTrue();
    assertThat(one.observer.warnings).contains("address: RTM_DELADDR eth0: EBUSY (errno 16)");
    host.kernel.failures = 0;
    lab.run(1_001);
    assertThat(one.holds()).isFalse();
  }

  @Test
  void leftOverIsRemovedAlsoWhereTheFirstDumpFailed() {
    host.kernel.plant(Nets.ours(Nets.ETH0, "10.0.0.50", 32));
    host.snapshotFault = new OperatingException("RTM_GETADDR", "here", 4, "EINTR");
    host.snapshotFailures = 2;
    Lab.Node one = start();
    one.loop.health(0, false);
    lab.run(900);
    assertThat(one.holds()).isTrue();
    assertThat(one.observer.notices).isEmpty();
    lab.run(200);
    assertThat(one.holds()).isFalse();
    assertThat(one.observer.notices)
        .containsExactly("removing 10.0.0.50, left over from an earlier life");
    assertThat(one.observer.putBack).isZero();
  }

  @Test
  void whatIsToldBeforeTheFirstDumpIsNotLost() {
    host.snapshotFault = new OperatingException("RTM_GETADDR", "here", 4, "EINTR");
    host.snapshotFailures = 1;
    Lab.Node one = start();
    host.events.add(
        new LinkEvent.InterfaceChanged(
            new NetworkInterfaceState(2, "eth0", Nets.mac(1), true, false, false, false)));
    lab.run(1_000);
    assertThat(one.loop.status().reason()).isEqualTo("interface eth0 has no carrier");
  }

  @Test
  void changedLinkLayerAddressIsAnnouncedFromNewSockets() {
    Lab.Node one = start();
    lab.run(7_000);
    host.news();
    host.change(Nets.nic(Nets.ETH0, "eth0", 77));
    lab.run(2);
    assertThat(host.news()).containsSubsequence("close", "open eth0", "announce 10.0.0.50");
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.observer.roles).hasSize(2);
  }

  @Test
  void refusedPacketFilterIsToldOnce() {
    host.watchErrno = 12;
    Lab.Node one = start();
    lab.run(7_000);
    assertThat(one.observer.warnings)
        .containsExactly(
            "neighbours: the kernel refused a packet filter (errno 12): a split brain may go"
                + " unnoticed; raise net.core.optmem_max if it is 12");
  }

  @Test
  void sendingThatFailsIsCountedAndTheAddressKeptWhileAlone() {
    Lab.Node one = start();
    lab.run(2_000);
    host.sendErrno = 1;
    lab.run(1_000);
    assertThat(one.observer.failedSends).isEqualTo(10);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void statusTellsRolePeersAndWhoIsActive() {
    Lab.Node one = start();
    lab.run(2_000);
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.run(3_000);
    RouterStatus active = one.loop.status();
    RouterStatus backup = two.loop.status();
    assertThat(active.addressOwned()).isTrue();
    assertThat(active.activeSource()).isEqualTo(Nets.host(1));
    assertThat(active.peers())
        .containsExactly(
            new RouterStatus.Peer("node-2", Nets.host(2), false, null, -1),
            new RouterStatus.Peer("node-3", Nets.host(3), false, null, -1));
    assertThat(backup.role()).isEqualTo(Role.BACKUP);
    assertThat(backup.reason()).isEqualTo("10.0.0.1 (priority 200) is Active");
    assertThat(backup.addressOwned()).isFalse();
    assertThat(backup.activeSource()).isEqualTo(Nets.host(1));
    assertThat(backup.peers().getFirst())
        .extracting(RouterStatus.Peer::node, RouterStatus.Peer::heard, RouterStatus.Peer::priority)
        .isEqualTo(List.of("node-1", true, 200));
    one.paused = true;
    lab.run(2_000);
    RouterStatus.Peer silent = two.loop.status().peers().getFirst();
    assertThat(silent.heard()).isFalse();
    assertThat(silent.lastHeard()).isBefore(lab.clock.instant().minusMillis(1_900));
    assertThat(two.loop.status().transitions()).isEqualTo(2);
  }
}
