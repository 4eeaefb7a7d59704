package io.apiservervip.agent.router;

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
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that the tests share: addresses, interfaces and settings of a group a, b, c. */
final class Nets {
  static final InetAddress VIP = ip("10.0.0.50");
  static final InetAddress VIP2 = ip("10.0.0.51");
  static final int ETH0 = 2;

  private Nets() {}

  static InetAddress ip(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new AssertionError(text, e);
    }
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static InetAddress ip(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static InetAddress host(int number) {
    return ip(bytes(10, 0, 0, number));
  }

  static MacAddress mac(int number) {
    return new MacAddress(0x020000000000L + number);
  }

  static NetworkInterfaceState eth0(int number) {
    return nic(ETH0, "eth0", number);
  }

  static NetworkInterfaceState nic(int index, String name, int mac) {
    return new NetworkInterfaceState(index, name, mac(mac), true, true, false, false);
  }

  static InterfaceAddress on(int index, String address, int prefixLength) {
    return new InterfaceAddress(index, ip(address), prefixLength, false, true);
  }

  static InterfaceAddress ours(int index, String address, int prefixLength) {
    return new InterfaceAddress(index, ip(address), prefixLength, true, false);
  }

  static RouterSettings.Member member(int number) {
    return new RouterSettings.Member("node-" + number, List.of(host(number)));
  }

  static List<VirtualAddress> virtual(InetAddress... addresses) {
    return Arrays.stream(addresses)
        .map(a -> new VirtualAddress(a, 8 * a.getAddress().length))
        .toList();
  }

  /** Settings of node {@code number} in a group of three, 100 ms, version 3, lifetime 1 s. */
  static Draft node(int number, int priority) {
    Draft draft = new Draft();
    draft.number = number;
    draft.priority = priority;
    return draft;
  }

  /** Settings in the making. */
  static final class Draft {
    int number;
    int priority;
    int centiseconds = 10;
    int vrid = 51;
    Version version = Version.V3;
    boolean preempt;
    Authentication authentication = new Authentication.None();
    Cast cast = Cast.MULTICAST;
    boolean acceptAny;
    List<RouterSettings.Member> members = List.of(member(1), member(2), member(3));
    List<VirtualAddress> addresses = virtual(VIP);
    @Nullable String interfaceName;
    int lifetimeSeconds = 1;

    RouterSettings settings() {
      Preemption preemption = preempt ? new Preemption.After(0) : new Preemption.Never();
      VirtualRouterConfig router =
          new VirtualRouterConfig(
              version,
              new AdvertisementInterval(centiseconds),
              new Standing.Contender(new Priority(priority), preemption),
              0,
              new Announcements(3, 0));
      RouterSettings.Group group =
          new RouterSettings.Group(new Vrid(vrid), authentication, cast, acceptAny, members);
      return new RouterSettings(
          "node-" + number, router, group, addresses, interfaceName, lifetimeSeconds);
    }
  }
}
