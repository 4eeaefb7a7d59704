package io.apiservervip.operator.model;

import io.apiservervip.agentapi.IpLiteral;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.VirtualAddressConfig;
import io.apiservervip.agentapi.VrrpConfig;
import io.apiservervip.agentapi.VrrpResolution;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.Transport;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses a member needs. By unicast one of each family of the virtual addresses; by
 * multicast an IPv4 one where IPv4 elects, because adverts from unlisted IPv4 senders are rejected.
 * IPv6 adverts come from link-local addresses, which Nodes do not list.
 */
record MemberAddresses(boolean v4, boolean v6) {

  static MemberAddresses of(ApiServerVipSpec spec) {
    VrrpConfig vrrp = VrrpResolution.resolve(spec, null);
    boolean elects = v4(vrrp.addresses().getFirst().address());
    if (vrrp.group().transport() == Transport.MULTICAST) {
      return new MemberAddresses(elects, false);
    }
    List<InetAddress> virtual =
        vrrp.addresses().stream().map(VirtualAddressConfig::address).toList();
    return new MemberAddresses(
        virtual.stream().anyMatch(MemberAddresses::v4),
        !virtual.stream().allMatch(MemberAddresses::v4));
  }

  /** Those of a node's addresses that a member can have. */
  List<InetAddress> usable(List<InetAddress> addresses) {
    return addresses.stream()
        .filter(IpLiteral::unicast)
        .distinct()
        .limit(MemberConfig.MAX_ADDRESSES)
        .toList();
  }

  boolean suffices(List<InetAddress> addresses) {
    return !addresses.isEmpty()
        && (!v4 || addresses.stream().anyMatch(MemberAddresses::v4))
        && (!v6 || !addresses.stream().allMatch(MemberAddresses::v4));
  }

  /** As a message says it. */
  String wanted() {
    return v4 && v6 ? "of each family" : v4 ? "of family IPv4" : v6 ? "of family IPv6" : "at all";
  }

  static boolean v4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
