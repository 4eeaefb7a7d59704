package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A switch between pretended hosts: carries adverts, and answers who has an address. */
final class Wire {
  private record Way(FakeHost from, FakeHost to) {}

  private final List<FakeHost> hosts = new ArrayList<>();
  private final Set<Way> filtered = new HashSet<>();

  void attach(FakeHost host) {
    hosts.add(host);
  }

  /** Drops protocol 112 on the way from one to the other; ARP passes. */
  void filter(FakeHost from, FakeHost to) {
    filtered.add(new Way(from, to));
  }

  void filterBothWays(FakeHost one, FakeHost other) {
    filter(one, other);
    filter(other, one);
  }

  void heal() {
    filtered.clear();
  }

  void carry(FakeHost from, InetAddress source, InetAddress destination, byte[] message) {
    for (FakeHost to : hosts) {
      if (to != from && !filtered.contains(new Way(from, to)) && from.connected && to.connected) {
        to.deliver(source, destination, message);
      }
    }
  }

  /** Who has the address answers the one that asked. */
  void ask(FakeHost from, InetAddress target) {
    for (FakeHost host : hosts) {
      if (host != from && host.connected && from.connected && host.kernel.holds(target)) {
        from.claim(target, host.mac());
      }
    }
  }

  void announce(FakeHost from, InetAddress address) {
    for (FakeHost host : hosts) {
      if (host != from && host.connected && from.connected) {
        host.claim(address, from.mac());
      }
    }
  }
}
