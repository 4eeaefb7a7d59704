package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.MemberSpec;
import io.apiservervip.api.v1alpha1.Transport;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Rules on the virtual addresses and on the members. */
final class AddressRules {
  private static final String ADDRESSES = "spec.addresses";
  private static final String MEMBERS = "spec.members";
  private static final String NOT_UNICAST =
      "is a loopback, multicast, broadcast or unspecified address; ";

  private AddressRules() {}

  static void check(ApiServerVipSpec spec, Problems problems) {
    boolean addressesGood = checkAddresses(spec.addresses(), problems);
    boolean membersGood = checkMembers(spec.members(), problems);
    problems.unless(
        !spec.addresses().isEmpty() || spec.service().enabled() || spec.nodeLocal().enabled(),
        ADDRESSES,
        null,
        "is empty: give an address, or set service.enabled or nodeLocal.enabled to true");
    if (!addressesGood) {
      return;
    }
    List<InetAddress> virtual =
        spec.addresses().stream()
            .map(a -> Objects.requireNonNull(VirtualAddressText.ip(a)))
            .toList();
    checkTogether(spec, virtual, problems);
    if (membersGood) {
      checkForeign(spec.members(), virtual, problems);
      if (spec.vrrp().transport() == Transport.UNICAST) {
        checkReachable(spec.members(), virtual, problems);
      }
    }
  }

  private static boolean checkAddresses(List<String> addresses, Problems problems) {
    boolean good = true;
    for (int i = 0; i < addresses.size(); i++) {
      String text = addresses.get(i);
      String path = ADDRESSES + "[" + i + "]";
      InetAddress ip = VirtualAddressText.ip(text);
      IpPrefix prefix = IpPrefix.parse(text);
      good &= ip != null;
      problems.unless(
          ip != null && (prefix == null || prefix.length() > 0),
          path,
          Shown.text(text),
          "is not an IP address or IP/prefix such as 10.99.0.50 or 10.99.0.50/24");
      problems.unless(
          ip == null || IpLiteral.unicast(ip),
          path,
          text,
          NOT_UNICAST + "choose a free address of the subnet");
      problems.unless(
          prefix == null || prefix.pointToPoint() || !prefix.masked().equals(prefix),
          path,
          text,
          "is the address of the subnet itself; choose a free address of the subnet");
    }
    return good;
  }

  private static boolean checkMembers(List<MemberSpec> members, Problems problems) {
    boolean good = true;
    for (int i = 0; i < members.size(); i++) {
      List<String> addresses = members.get(i).addresses();
      for (int j = 0; j < addresses.size(); j++) {
        String path = MEMBERS + "[" + i + "].addresses[" + j + "]";
        InetAddress ip = IpRules.check(addresses.get(j), path, problems);
        good &= ip != null;
        problems.unless(
            ip == null || IpLiteral.unicast(ip),
            path,
            addresses.get(j),
            NOT_UNICAST + "write an address of the node's interface");
      }
    }
    for (int priority :
        CrossFieldRules.repeated(members.stream().map(MemberSpec::priority).toList())) {
      String nodes =
          members.stream()
              .filter(m -> m.priority() == priority)
              .map(MemberSpec::node)
              .collect(Collectors.joining(", "));
      problems.add(
          MEMBERS,
          "priority " + priority + " (" + nodes + ")",
          "stands twice; give each member a priority of its own");
    }
    return good;
  }

  private static void checkTogether(
      ApiServerVipSpec spec, List<InetAddress> virtual, Problems problems) {
    for (InetAddress twice : CrossFieldRules.repeated(virtual)) {
      problems.add(ADDRESSES, twice.getHostAddress(), "stands twice; remove one");
    }
    for (InetAddress address : virtual) {
      problems.unless(
          spec.vrrp().version() != 2 || address instanceof Inet4Address,
          ADDRESSES,
          address.getHostAddress(),
          "is IPv6, but version 2 carries IPv4 only; remove it or set vrrp.version: 3");
    }
  }

  private static void checkForeign(
      List<MemberSpec> members, List<InetAddress> virtual, Problems problems) {
    for (MemberSpec member : members) {
      for (String address : member.addresses()) {
        problems.unless(
            !virtual.contains(IpLiteral.parse(address)),
            ADDRESSES,
            address + " (" + member.node() + ")",
            "is a member's own address; choose a free address of the subnet");
      }
    }
  }

  private static void checkReachable(
      List<MemberSpec> members, List<InetAddress> virtual, Problems problems) {
    boolean v4 = virtual.stream().anyMatch(Inet4Address.class::isInstance);
    boolean v6 = virtual.stream().anyMatch(Inet6Address.class::isInstance);
    for (MemberSpec member : members) {
      List<InetAddress> own =
          member.addresses().stream().map(a -> Objects.requireNonNull(IpLiteral.parse(a))).toList();
      problems.unless(
          (!v4 || own.stream().anyMatch(Inet4Address.class::isInstance))
              && (!v6 || own.stream().anyMatch(Inet6Address.class::isInstance)),
          MEMBERS,
          member.node(),
          "has no address of a family of spec.addresses, which transport Unicast needs; add one");
    }
  }
}
