package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.FaultCause;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the interface that carries the virtual addresses, and of the addresses to send
 * from; or what is wrong with this host in one line. Pure.
 */
final class PlaceChoice {
  private static final int MAX_NAMED = 8;

  private final Map<Integer, NetworkInterfaceState> interfaces;
  private final Collection<InterfaceAddress> addresses;
  private final RouterSettings settings;

  PlaceChoice(
      Map<Integer, NetworkInterfaceState> interfaces,
      Collection<InterfaceAddress> addresses,
      RouterSettings settings) {
    this.interfaces = interfaces;
    this.addresses = addresses;
    this.settings = settings;
  }

  /** As {@link HostLinks#select}. */
  HostLinks.Selection choose(Set<InetAddress> everHeld) {
    for (InterfaceAddress held : addresses) {
      boolean ours = held.ours() || everHeld.contains(held.address());
      if (!ours && settings.isVirtual(held.address())) {
        return new HostLinks.Selection.Missing(
            FaultCause.ADDRESS_NOT_VIRTUAL,
            held.address().getHostAddress()
                + " is already an address of "
                + name(held.interfaceIndex())
                + ", set by somebody else: remove it there or choose another virtual address");
      }
    }
    NetworkInterfaceState link = link();
    return link == null ? missing() : onLink(link);
  }

  private HostLinks.Selection onLink(NetworkInterfaceState link) {
    if (!link.up()) {
      return new HostLinks.Selection.Missing(
          FaultCause.INTERFACE_DOWN, "interface " + link.name() + " is down");
    }
    if (!link.carrier()) {
      return new HostLinks.Selection.Missing(
          FaultCause.NO_CARRIER, "interface " + link.name() + " has no carrier");
    }
    Map<Family, InetAddress> sources = new EnumMap<>(Family.class);
    for (Family family : settings.families()) {
      InetAddress source = source(link.index(), family);
      if (source == null && family == settings.electing()) {
        String kind = family == Family.IPV4 ? "IPv4" : linkLocal() ? "link-local" : "IPv6";
        return new HostLinks.Selection.Missing(
            FaultCause.NO_SOURCE_ADDRESS,
            "interface " + link.name() + " has no " + kind + " address to send from");
      }
      if (source != null) {
        sources.put(family, source);
      }
    }
    return new HostLinks.Selection.Found(link, sources, own(link.index()));
  }

  private Set<InetAddress> own(int index) {
    Set<InetAddress> own = new LinkedHashSet<>();
    for (InterfaceAddress held : addresses) {
      if (held.interfaceIndex() == index && !settings.isVirtual(held.address())) {
        own.add(held.address());
      }
    }
    return own;
  }

  private @Nullable InetAddress source(int index, Family family) {
    RouterSettings.Member member = settings.own();
    boolean linkLocal = linkLocal();
    InetAddress first = null;
    for (InterfaceAddress held : addresses) {
      InetAddress address = held.address();
      boolean fits =
          held.interfaceIndex() == index
              && Family.of(address) == family
              && suits(held, linkLocal)
              && !settings.isVirtual(address);
      if (fits && member != null && member.addresses().contains(address)) {
        return address;
      }
      if (fits && first == null) {
        first = address;
      }
    }
    return first;
  }

  private static boolean suits(InterfaceAddress held, boolean linkLocal) {
    if (Family.of(held.address()) == Family.IPV4) {
      return held.usableSource();
    }
    return linkLocal
        ? held.usableSource() && held.address().isLinkLocalAddress()
        : held.settled() && !held.ours() && !held.address().isLinkLocalAddress();
  }

  /** Multicast over IPv6 is sent from a link-local address (RFC 9568 §5.1.2.1). */
  private boolean linkLocal() {
    return settings.group().cast() == Cast.MULTICAST;
  }

  /** By name, or by the longest on-link subnet that contains the first virtual address. */
  private @Nullable NetworkInterfaceState link() {
    String wanted = settings.interfaceName();
    if (wanted != null) {
      return interfaces.values().stream()
          .filter(state -> state.name().equals(wanted))
          .findFirst()
          .orElse(null);
    }
    InetAddress first = settings.addresses().getFirst().address();
    NetworkInterfaceState best = null;
    int bits = -1;
    for (InterfaceAddress held : addresses) {
      NetworkInterfaceState state = interfaces.get(held.interfaceIndex());
      boolean subnet = !held.ours() && !settings.isVirtual(held.address());
      boolean fits = subnet && state != null && !state.loopback() && held.subnetContains(first);
      if (fits && held.prefixLength() > bits) {
        best = state;
        bits = held.prefixLength();
      }
    }
    return best;
  }

  private HostLinks.Selection missing() {
    if (settings.interfaceName() != null) {
      List<String> names = interfaces.values().stream().map(NetworkInterfaceState::name).toList();
      return new HostLinks.Selection.Missing(
          FaultCause.NO_INTERFACE,
          "there is no interface "
              + settings.interfaceName()
              + " (interfaces here: "
              + few(names)
              + ")");
    }
    List<String> seen = new ArrayList<>();
    for (InterfaceAddress held : addresses) {
      NetworkInterfaceState state = interfaces.get(held.interfaceIndex());
      boolean subnet = held.prefixLength() < 8 * held.address().getAddress().length;
      boolean global = !held.address().isLinkLocalAddress();
      if (subnet && global && state != null && !state.loopback()) {
        seen.add(
            held.address().getHostAddress() + "/" + held.prefixLength() + " on " + state.name());
      }
    }
    return new HostLinks.Selection.Missing(
        FaultCause.NO_INTERFACE,
        "no interface's subnet contains "
            + settings.addresses().getFirst().address().getHostAddress()
            + " (subnets here: "
            + few(seen)
            + "); set spec.interface if that is wanted");
  }

  private String name(int interfaceIndex) {
    NetworkInterfaceState state = interfaces.get(interfaceIndex);
    return state == null ? "interface " + interfaceIndex : state.name();
  }

  /** The first eight, since a node may have hundreds. */
  private static String few(List<String> all) {
    if (all.isEmpty()) {
      return "none";
    }
    String named = String.join(", ", all.subList(0, Math.min(MAX_NAMED, all.size())));
    return all.size() <= MAX_NAMED ? named : named + " and " + (all.size() - MAX_NAMED) + " more";
  }
}
