package io.apiservervip.agent.preflight;

import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agent.vrrp.AdvertisementInterval;
import io.apiservervip.agent.vrrp.Announcements;
import io.apiservervip.agent.vrrp.Authentication;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Preemption;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Standing;
import io.apiservervip.agent.vrrp.Version;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import io.apiservervip.agent.vrrp.Vrid;
import java.net.InetAddress;
import java.util.List;

/** Three nodes, 10.99.0.11 to 13, with the virtual address 10.99.0.50; this one is cp-1. */
final class Nodes {
  private Nodes() {}

  static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }

  static RouterSettings settings(Cast cast, String... virtual) {
    return new RouterSettings(
        "cp-1",
        new VirtualRouterConfig(
            Version.V3,
            new AdvertisementInterval(10),
            new Standing.Contender(new Priority(250), new Preemption.Never()),
            0,
            new Announcements(5, 60_000_000_000L)),
        new RouterSettings.Group(
            new Vrid(50),
            new Authentication.None(),
            cast,
            false,
            List.of(
                new RouterSettings.Member("cp-1", List.of(ip("10.99.0.11"))),
                new RouterSettings.Member("cp-2", List.of(ip("10.99.0.12"))),
                new RouterSettings.Member("cp-3", List.of(ip("10.99.0.13"))))),
        List.of(virtual).stream().map(text -> new VirtualAddress(ip(text), 32)).toList(),
        null,
        1);
  }

  static NetworkInterfaceState link(int index, String name) {
    return new NetworkInterfaceState(
        index, name, new MacAddress(0x020000000010L + index), true, true, false, false);
  }
}
