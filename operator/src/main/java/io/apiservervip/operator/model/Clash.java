package io.apiservervip.operator.model;

import io.apiservervip.agentapi.VirtualAddressConfig;
import io.apiservervip.agentapi.VrrpConfig;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that two resources claim and only one can have.
 *
 * @param field of the one that is judged
 * @param subject what it is, such as {@code 10.99.0.50}
 * @param remedy an imperative
 */
record Clash(String field, String subject, String remedy) {

  /** What stands against {@code one} beside {@code other}; null: nothing. */
  static @Nullable Clash between(Claims one, Claims other) {
    Clash network = network(one, other);
    return network != null ? network : service(one, other);
  }

  private static @Nullable Clash network(Claims one, Claims other) {
    if (one.vrrp() != null && other.vrrp() != null) {
      Clash clash = group(one.vrrp(), other.vrrp());
      if (clash != null) {
        return clash;
      }
    }
    return Collections.disjoint(one.nodes(), other.nodes()) ? null : socket(one, other);
  }

  private static @Nullable Clash group(VrrpConfig one, VrrpConfig other) {
    Set<InetAddress> theirs =
        other.addresses().stream().map(VirtualAddressConfig::address).collect(Collectors.toSet());
    for (VirtualAddressConfig virtual : one.addresses()) {
      if (theirs.contains(virtual.address())) {
        return new Clash(
            "spec.addresses", virtual.address().getHostAddress(), "choose a free address");
      }
    }
    int id = one.group().virtualRouterId();
    boolean sameGroup =
        id == other.group().virtualRouterId()
            && sameFamily(one, other)
            && (one.interfaceName() == null
                || other.interfaceName() == null
                || one.interfaceName().equals(other.interfaceName()));
    return sameGroup
        ? new Clash(
            "spec.vrrp.virtualRouterId",
            one.interfaceName() == null ? "" + id : id + " on interface " + one.interfaceName(),
            "set virtualRouterId to one that is free in the segment")
        : null;
  }

  private static boolean sameFamily(VrrpConfig one, VrrpConfig other) {
    return MemberAddresses.v4(one.addresses().getFirst().address())
        == MemberAddresses.v4(other.addresses().getFirst().address());
  }

  private static @Nullable Clash socket(Claims one, Claims other) {
    for (Claims.Socket own : one.sockets()) {
      for (Claims.Socket theirs : other.sockets()) {
        if (own.port() == theirs.port() && own.anywhere() && theirs.anywhere()) {
          List<String> nodes =
              one.nodes().stream().filter(other.nodes()::contains).sorted().toList();
          return new Clash(
              own.field(),
              own.port() + " on node " + nodes.getFirst(),
              own.field().endsWith("bindPort")
                  ? "set another bindPort, or bind: Virtual"
                  : "set another statusPort");
        }
      }
    }
    return null;
  }

  private static @Nullable Clash service(Claims one, Claims other) {
    if (one.service() != null && one.service().equals(other.service())) {
      return new Clash(
          "spec.service",
          "Service " + one.service(),
          "set another service.name, or service.enabled: false");
    }
    String clusterIp = one.clusterIp();
    return clusterIp != null && clusterIp.equals(other.clusterIp())
        ? new Clash("spec.service.clusterIP", clusterIp, "choose another one")
        : null;
  }
}
