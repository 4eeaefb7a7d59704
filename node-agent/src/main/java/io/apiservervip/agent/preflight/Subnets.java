package io.apiservervip.agent.preflight;

import io.apiservervip.agent.router.InterfaceAddress;
import io.apiservervip.agent.router.LinkSnapshot;
import io.apiservervip.agent.router.NetworkInterfaceState;
import io.apiservervip.agentapi.IpPrefix;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The on-link subnets of this host, by its own addresses.
 *
 * @param virtual addresses that make no subnet
 */
record Subnets(LinkSnapshot snapshot, Set<InetAddress> virtual) {
  Subnets {
    virtual = Set.copyOf(virtual);
  }

  /** An address of this host whose subnet contains another, and its interface. */
  record Hit(NetworkInterfaceState link, IpPrefix prefix) {}

  /** Those of the interfaces that are up, the loopback apart; longest prefix first. */
  List<Hit> containing(InetAddress address) {
    return snapshot.addresses().stream()
        .filter(held -> !held.ours() && !virtual.contains(held.address()))
        .filter(held -> held.subnetContains(address))
        .flatMap(held -> link(held).stream().map(link -> new Hit(link, prefix(held))))
        .filter(hit -> hit.link().up() && !hit.link().loopback())
        .sorted(Comparator.comparingInt((Hit hit) -> hit.prefix().length()).reversed())
        .toList();
  }

  private Optional<NetworkInterfaceState> link(InterfaceAddress held) {
    return snapshot.interfaces().stream()
        .filter(state -> state.index() == held.interfaceIndex())
        .findFirst();
  }

  private static IpPrefix prefix(InterfaceAddress held) {
    return new IpPrefix(held.address(), held.prefixLength());
  }
}
