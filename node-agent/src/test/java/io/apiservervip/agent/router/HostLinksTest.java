package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.FaultCause;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where the virtual addresses belong, and what is said where there is no such place. */
class HostLinksTest {
  private final HostLinks links = new HostLinks();
  private final Nets.Draft draft = Nets.node(1, 200);

  private void host(List<NetworkInterfaceState> interfaces, InterfaceAddress... addresses) {
    links.replace(new LinkSnapshot(interfaces, List.of(addresses)));
  }

  private HostLinks.Selection select() {
    return links.select(draft.settings(), Set.of());
  }

  private HostLinks.Selection.Found found() {
    assertThat(select()).isInstanceOf(HostLinks.Selection.Found.class);
    return (HostLinks.Selection.Found) select();
  }

  private void assertMissing(FaultCause cause, String detail) {
    assertThat(select()).isEqualTo(new HostLinks.Selection.Missing(cause, detail));
  }

  @Test
  void interfaceIsFoundByTheSubnetThatContainsTheAddress() {
    host(
        List.of(Nets.nic(2, "eth0", 1), Nets.nic(3, "eth1", 2)),
        Nets.on(2, "192.168.7.1", 24),
        Nets.on(3, "10.0.0.1", 24));
    assertThat(found().link().name()).isEqualTo("eth1");
    assertThat(found().sources()).containsOnly(Map.entry(Family.IPV4, Nets.host(1)));
  }

  @Test
  void oddPrefixLengthsAreComparedBitByBit() {
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.0.0.49", 29));
    assertThat(found().link().index()).isEqualTo(2);
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.0.0.47", 28));
    assertMissing(
        FaultCause.NO_INTERFACE,
        "no interface's subnet contains 10.0.0.50 (subnets here: 10.0.0.47/28 on eth0); set"
            + " spec.interface if that is wanted");
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.0.0.51", 31));
    assertThat(found().link().index()).isEqualTo(2);
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.1.255.1", 15));
    assertThat(found().link().index()).isEqualTo(2);
  }

  @Test
  void longestSubnetWins() {
    host(
        List.of(Nets.nic(2, "eth0", 1), Nets.nic(3, "eth1", 2)),
        Nets.on(2, "10.9.9.9", 8),
        Nets.on(3, "10.0.0.1", 24));
    assertThat(found().link().name()).isEqualTo("eth1");
  }

  @Test
  void ipv6SubnetAndLinkLocalSource() {
    draft.addresses = Nets.virtual(Nets.ip("fd00:1::50"));
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "fd00:1::1", 61), Nets.on(2, "fe80::1", 64));
    assertThat(found().sources().get(Family.IPV6)).isEqualTo(Nets.ip("fe80::1"));
    draft.cast = Cast.UNICAST;
    assertThat(found().sources().get(Family.IPV6)).isEqualTo(Nets.ip("fd00:1::1"));
  }

  @Test
  void missingSourceIsNamedByKind() {
    draft.addresses = Nets.virtual(Nets.ip("fd00:1::50"));
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "fd00:1::1", 64));
    assertMissing(
        FaultCause.NO_SOURCE_ADDRESS, "interface eth0 has no link-local address to send from");
    draft.addresses = Nets.virtual(Nets.VIP);
    draft.interfaceName = "eth0";
    assertMissing(FaultCause.NO_SOURCE_ADDRESS, "interface eth0 has no IPv4 address to send from");
  }

  @Test
  void memberAddressIsPreferredAsSource() {
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.0.0.99", 24), Nets.on(2, "10.0.0.1", 24));
    assertThat(found().sources()).containsEntry(Family.IPV4, Nets.host(1));
    draft.members = List.of();
    assertThat(found().sources()).containsEntry(Family.IPV4, Nets.host(99));
  }

  @Test
  void interfaceOfThatNameIsTakenWhereverItsSubnetIs() {
    draft.interfaceName = "bond0";
    host(List.of(Nets.nic(4, "bond0", 1)), Nets.on(4, "192.168.7.1", 24));
    assertThat(found().link().index()).isEqualTo(4);
  }

  @Test
  void renamedInterfaceIsFollowedBySubnetButNotByName() {
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.0.0.1", 24));
    links.apply(new LinkEvent.InterfaceChanged(Nets.nic(2, "lan0", 1)));
    assertThat(found().link().name()).isEqualTo("lan0");
    draft.interfaceName = "eth0";
    assertMissing(FaultCause.NO_INTERFACE, "there is no interface eth0 (interfaces here: lan0)");
  }

  @Test
  void interfaceThatVanishedAndReturnedHasAnotherNumber() {
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.0.0.1", 24));
    links.apply(new LinkEvent.InterfaceGone(2, "eth0"));
    assertThat(links.exists(2)).isFalse();
    assertMissing(
        FaultCause.NO_INTERFACE,
        "no interface's subnet contains 10.0.0.50 (subnets here: none); set spec.interface if that"
            + " is wanted");
    links.apply(new LinkEvent.InterfaceChanged(Nets.nic(9, "eth0", 1)));
    links.apply(new LinkEvent.AddressAdded(Nets.on(9, "10.0.0.1", 24)));
    assertThat(found().link().index()).isEqualTo(9);
  }

  @Test
  void downAndNoCarrierAreToldApart() {
    InterfaceAddress address = Nets.on(2, "10.0.0.1", 24);
    host(
        List.of(new NetworkInterfaceState(2, "eth0", Nets.mac(1), false, false, false, false)),
        address);
    assertMissing(FaultCause.INTERFACE_DOWN, "interface eth0 is down");
    host(
        List.of(new NetworkInterfaceState(2, "eth0", Nets.mac(1), true, false, false, false)),
        address);
    assertMissing(FaultCause.NO_CARRIER, "interface eth0 has no carrier");
  }

  @Test
  void addressThatSomebodyElseSetIsRefused() {
    host(
        List.of(Nets.nic(2, "eth0", 1), Nets.nic(3, "kube-ipvs0", 2)),
        Nets.on(2, "10.0.0.1", 24),
        Nets.on(3, "10.0.0.50", 32));
    assertMissing(
        FaultCause.ADDRESS_NOT_VIRTUAL,
        "10.0.0.50 is already an address of kube-ipvs0, set by somebody else: remove it there or"
            + " choose another virtual address");
  }

  @Test
  void addressThatThisProcessHasPutIsItsOwnEvenWithoutAmark() {
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.0.0.1", 24), Nets.on(2, "10.0.0.50", 24));
    HostLinks.Selection selection = links.select(draft.settings(), Set.of(Nets.VIP));
    assertThat(selection)
        .isInstanceOfSatisfying(
            HostLinks.Selection.Found.class,
            found -> {
              assertThat(found.sources()).containsEntry(Family.IPV4, Nets.host(1));
              assertThat(found.own()).containsExactly(Nets.host(1));
            });
    assertThat(links.select(draft.settings(), Set.of(Nets.VIP2)))
        .isInstanceOf(HostLinks.Selection.Missing.class);
  }

  @Test
  void ownVirtualAddressIsNeverTakenForAsubnet() {
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.ours(2, "10.0.0.50", 32));
    assertMissing(
        FaultCause.NO_INTERFACE,
        "no interface's subnet contains 10.0.0.50 (subnets here: none); set spec.interface if that"
            + " is wanted");
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.ours(2, "10.0.0.50", 24));
    assertThat(select()).isInstanceOf(HostLinks.Selection.Missing.class);
  }

  @Test
  void onlyOwnMarkedVirtualAddressesAreLeftOver() {
    InterfaceAddress mine = Nets.ours(2, "10.0.0.50", 32);
    host(
        List.of(Nets.nic(2, "eth0", 1)),
        mine,
        Nets.ours(2, "10.0.0.77", 32),
        Nets.on(3, "10.0.0.50", 32));
    assertThat(links.leftOver(Nets.virtual(Nets.VIP, Nets.VIP2))).containsExactly(mine);
  }

  @Test
  void atMostEightAreNamed() {
    draft.interfaceName = "eth7";
    host(IntStream.range(0, 300).mapToObj(i -> Nets.nic(i + 1, "cali" + i, i)).toList());
    assertMissing(
        FaultCause.NO_INTERFACE,
        "there is no interface eth7 (interfaces here: cali0, cali1, cali2, cali3, cali4, cali5,"
            + " cali6, cali7 and 292 more)");
  }

  @Test
  void whatWasToldWhileAdumpWasTakenIsNotLost() {
    host(List.of(Nets.nic(2, "eth0", 1)), Nets.on(2, "10.0.0.1", 24));
    LinkSnapshot before =
        new LinkSnapshot(List.of(Nets.nic(2, "eth0", 1)), List.of(Nets.on(2, "10.0.0.1", 24)));
    links.apply(new LinkEvent.Overrun());
    links.apply(new LinkEvent.InterfaceGone(2, "eth0"));
    links.replace(before);
    assertThat(links.exists(2)).isFalse();
  }

  @Test
  void renewalChangesNothing() {
    InterfaceAddress address = Nets.ours(2, "10.0.0.50", 32);
    assertThat(links.apply(new LinkEvent.AddressAdded(address))).isTrue();
    assertThat(links.apply(new LinkEvent.AddressAdded(address))).isFalse();
  }
}
