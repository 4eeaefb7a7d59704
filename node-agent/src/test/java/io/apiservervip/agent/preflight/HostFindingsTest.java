package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.InterfaceAddress;
import io.apiservervip.agent.router.LinkSnapshot;
import io.apiservervip.agent.router.Placement;
import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.vrrp.Cast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostFindingsTest {
  private final List<InterfaceAddress> addresses = new ArrayList<>();
  private final Map<String, Integer> sysctl = new HashMap<>();
  private RouterSettings settings = Nodes.settings(Cast.MULTICAST, "10.99.0.50");

  private void held(int link, String address, int prefix) {
    addresses.add(new InterfaceAddress(link, Nodes.ip(address), prefix, false, true));
  }

  private List<Finding> findings() {
    LinkSnapshot snapshot =
        new LinkSnapshot(
            List.of(Nodes.link(2, "eth0"), Nodes.link(3, "eth1"), Nodes.link(4, "kube-ipvs0")),
            addresses);
    return new HostFindings(
            settings, snapshot, name -> sysctl.getOrDefault(name.replace("net/ipv4/conf/", ""), 0))
        .of(Placement.of(snapshot, settings, Set.of()));
  }

  @Test
  void aHostAsItShouldBe() {
    held(2, "10.99.0.11", 24);
    sysctl.put("all/rp_filter", 2);
    assertThat(findings())
        .containsExactly(
            Finding.ok("interface", "eth0, 02:00:00:00:00:12, sends from 10.99.0.11"),
            Finding.ok("address 10.99.0.50", "in the subnet of 10.99.0.11/24 on eth0"),
            Finding.ok("rp_filter", "2, and members are where it looks"));
  }

  @Test
  void anAddressOutsideOfEverySubnetIsAFailureThatNamesThem() {
    settings = Nodes.settings(Cast.MULTICAST, "10.77.0.50");
    held(2, "10.99.0.11", 24);
    assertThat(findings())
        .containsExactly(
            Finding.fail(
                "interface",
                "no interface's subnet contains 10.77.0.50 (subnets here: 10.99.0.11/24 on eth0);"
                    + " set spec.interface if that is wanted",
                "correct spec.addresses, spec.interface or the host"));
  }

  @Test
  void aSecondAddressOutsideOfTheSubnetIsAWarning() {
    settings = Nodes.settings(Cast.MULTICAST, "10.99.0.50", "10.77.0.50");
    held(2, "10.99.0.11", 24);
    assertThat(findings())
        .contains(
            Finding.warn(
                "address 10.77.0.50",
                "in no subnet of eth0",
                "routers must know a way to it; else take an address of a subnet there"));
  }

  @Test
  void strictFilterWithMembersBehindAnotherInterfaceIsAFailure() {
    settings = Nodes.settings(Cast.UNICAST, "10.98.0.50");
    held(2, "10.98.0.11", 24);
    held(3, "10.99.0.11", 24);
    sysctl.put("eth0/rp_filter", 1);
    assertThat(findings())
        .contains(
            Finding.fail(
                "rp_filter",
                "1 on eth0, and another interface leads to cp-2 10.99.0.12, cp-3 10.99.0.13",
                "sysctl -w net.ipv4.conf.eth0.rp_filter=2 (and .all), or correct"
                    + " spec.interface"));
    sysctl.put("all/rp_filter", 2);
    assertThat(findings()).noneMatch(finding -> finding.result() == Result.FAIL);
  }

  @Test
  void membersOutOfReachOfMulticastAreAWarning() {
    settings = Nodes.settings(Cast.MULTICAST, "10.98.0.50");
    held(2, "10.98.0.11", 24);
    assertThat(findings())
        .contains(
            Finding.warn(
                "members",
                "in no subnet of eth0: cp-2 10.99.0.12, cp-3 10.99.0.13",
                "224.0.0.18 does not leave a subnet: correct spec.members, or set"
                    + " spec.vrrp.transport: Unicast"));
  }

  @Test
  void aSecondInterfaceInTheSubnetAnswersArpToo() {
    held(2, "10.99.0.11", 24);
    held(3, "10.99.0.21", 24);
    assertThat(findings())
        .contains(
            Finding.warn(
                "arp_ignore",
                "0 on eth1, which is in the same subnet and answers too",
                "sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2"));
    sysctl.put("all/arp_ignore", 1);
    assertThat(findings()).allMatch(finding -> finding.result() == Result.OK);
  }

  @Test
  void anAddressOnTheInterfaceOfKubeProxyIsAFailureWithTheSettings() {
    held(2, "10.99.0.11", 24);
    held(4, "10.99.0.50", 32);
    assertThat(findings())
        .containsExactly(
            Finding.fail(
                "interface",
                "10.99.0.50 is already an address of kube-ipvs0, set by somebody else: remove it"
                    + " there or choose another virtual address",
                "correct spec.addresses, spec.interface or the host"),
            Finding.fail(
                "arp_ignore",
                "0, arp_announce 0, while kube-ipvs0 has 10.99.0.50: this host answers for it on"
                    + " every interface",
                "take it out of the Services of kube-proxy, or set strictARP: true there"));
  }
}
