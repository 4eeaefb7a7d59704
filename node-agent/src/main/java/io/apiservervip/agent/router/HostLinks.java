package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.FaultCause;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces and addresses of this host as last told by the kernel, and the choice of the one
 * that carries the virtual addresses. Pure but for its memory; owned by the loop thread.
 */
final class HostLinks {
  private static final int MAX_EVENTS = 4096;
  private static final int MAX_NAMED = 8;

  private final Map<Integer, NetworkInterfaceState> interfaces = new LinkedHashMap<>();
  private final Map<Key, InterfaceAddress> addresses = new LinkedHashMap<>();

  /** What was told since notifications were lost; null while none is missing. */
  private @Nullable List<LinkEvent> sinceOverrun;

  private record Key(int interfaceIndex, InetAddress address) {}

  /** What the virtual router has to stand on. */
  sealed interface Selection {

    /**
     * An interface in working order.
     *
     * @param sources address to send from, by family
     * @param own every address of the interface but the virtual ones
     */
    record Found(NetworkInterfaceState link, Map<Family, InetAddress> sources, Set<InetAddress> own)
        implements Selection {}

    /**
     * Nothing to stand on.
     *
     * @param detail one line with what was seen and the remedy
     */
    record Missing(FaultCause cause, String detail) implements Selection {}
  }

  /**
   * Starts over from a full dump, and repeats what was told since it was asked for: the dump may be
   * older than that, and the last word on each interface and address is the right one.
   */
  void replace(LinkSnapshot snapshot) {
    interfaces.clear();
    addresses.clear();
    snapshot.interfaces().forEach(state -> interfaces.put(state.index(), state));
    snapshot.addresses().forEach(this::put);
    List<LinkEvent> later = sinceOverrun;
    sinceOverrun = null;
    if (later != null) {
      later.forEach(this::apply);
    }
  }

  /**
   * Takes in one notification.
   *
   * @return whether it changed anything
   */
  boolean apply(LinkEvent event) {
    if (sinceOverrun != null && sinceOverrun.size() < MAX_EVENTS) {
      sinceOverrun.add(event);
    }
    return switch (event) {
      case LinkEvent.InterfaceChanged changed ->
          !changed.state().equals(interfaces.put(changed.state().index(), changed.state()));
      case LinkEvent.InterfaceGone gone -> {
        addresses.keySet().removeIf(key -> key.interfaceIndex() == gone.index());
        yield interfaces.remove(gone.index()) != null;
      }
      case LinkEvent.AddressAdded added -> put(added.address());
      case LinkEvent.AddressGone gone ->
          addresses.remove(new Key(gone.address().interfaceIndex(), gone.address().address()))
              != null;
      case LinkEvent.Overrun _ -> {
        sinceOverrun = new ArrayList<>();
        yield false;
      }
    };
  }

  private boolean put(InterfaceAddress address) {
    return !address.equals(
        addresses.put(new Key(address.interfaceIndex(), address.address()), address));
  }

  /** Whether an interface of this host has that link-layer address. */
  boolean isOwn(MacAddress mac) {
    return interfaces.values().stream().anyMatch(state -> state.mac().equals(mac));
  }

  boolean exists(int interfaceIndex) {
    return interfaces.containsKey(interfaceIndex);
  }

  /**
   * Own-marked addresses among the given ones: left over from an earlier life.
   *
   * <p>Kernels before 5.18 do not keep the mark: there, an address that a crash left behind looks
   * like somebody else's and {@link #select} refuses to go on beside it, until the kernel drops it
   * at the end of its lifetime; one without a lifetime has to be removed by hand.
   */
  List<InterfaceAddress> leftOver(List<VirtualAddress> virtual) {
    return addresses.values().stream()
        .filter(InterfaceAddress::ours)
        .filter(held -> virtual.stream().anyMatch(a -> a.address().equals(held.address())))
        .toList();
  }

  /** Whether the interface carries every one of the addresses. */
  boolean holdsAll(int interfaceIndex, List<VirtualAddress> virtual) {
    return virtual.stream()
        .allMatch(address -> addresses.containsKey(new Key(interfaceIndex, address.address())));
  }

  /**
   * Chooses the interface.
   *
   * @param everHeld what this process has put on an interface: kernels before 5.18 do not show our
   *     mark, so one of these that is found is taken for ours
   */
  Selection select(RouterSettings settings, Set<InetAddress> everHeld) {
    for (InterfaceAddress held : addresses.values()) {
      boolean ours = held.ours() || everHeld.contains(held.address());
      if (!ours && settings.isVirtual(held.address())) {
        return new Selection.Missing(
            FaultCause.ADDRESS_NOT_VIRTUAL,
            held.address().getHostAddress()
                + " is already an address of "
                + name(held.interfaceIndex())
                + ", set by somebody else: remove it there or choose another virtual address");
      }
    }
    NetworkInterfaceState link = link(settings);
    return link == null ? missing(settings) : onLink(link, settings);
  }

  private Selection onLink(NetworkInterfaceState link, RouterSettings settings) {
    if (!link.up()) {
      return new Selection.Missing(
          FaultCause.INTERFACE_DOWN, "interface " + link.name() + " is down");
    }
    if (!link.carrier()) {
      return new Selection.Missing(
          FaultCause.NO_CARRIER, "interface " + link.name() + " has no carrier");
    }
    Map<Family, InetAddress> sources = new EnumMap<>(Family.class);
    for (Family family : settings.families()) {
      InetAddress source = source(link.index(), family, settings);
      if (source == null && family == settings.electing()) {
        String kind = family == Family.IPV4 ? "IPv4" : linkLocal(settings) ? "link-local" : "IPv6";
        return new Selection.Missing(
            FaultCause.NO_SOURCE_ADDRESS,
            "interface " + link.name() + " has no " + kind + " address to send from");
      }
      if (source != null) {
        sources.put(family, source);
      }
    }
    return new Selection.Found(link, sources, own(link.index(), settings));
  }

  private Set<InetAddress> own(int index, RouterSettings settings) {
    Set<InetAddress> own = new LinkedHashSet<>();
    for (InterfaceAddress held : addresses.values()) {
      if (held.interfaceIndex() == index && !settings.isVirtual(held.address())) {
        own.add(held.address());
      }
    }
    return own;
  }

  private @Nullable InetAddress source(int index, Family family, RouterSettings settings) {
    RouterSettings.Member member = settings.own();
    boolean linkLocal = linkLocal(settings);
    InetAddress first = null;
    for (InterfaceAddress held : addresses.values()) {
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
  private static boolean linkLocal(RouterSettings settings) {
    return settings.group().cast() == Cast.MULTICAST;
  }

  /** By name, or by the longest on-link subnet that contains the first virtual address. */
  private @Nullable NetworkInterfaceState link(RouterSettings settings) {
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
    for (InterfaceAddress held : addresses.values()) {
      NetworkInterfaceState state = interfaces.get(held.interfaceIndex());
      boolean subnet = !held.ours() && !settings.isVirtual(held.address());
      boolean fits = subnet && state != null && !state.loopback() && contains(held, first);
      if (fits && held.prefixLength() > bits) {
        best = state;
        bits = held.prefixLength();
      }
    }
    return best;
  }

  private Selection missing(RouterSettings settings) {
    if (settings.interfaceName() != null) {
      List<String> names = interfaces.values().stream().map(NetworkInterfaceState::name).toList();
      return new Selection.Missing(
          FaultCause.NO_INTERFACE,
          "there is no interface "
              + settings.interfaceName()
              + " (interfaces here: "
              + few(names)
              + ")");
    }
    List<String> seen = new ArrayList<>();
    for (InterfaceAddress held : addresses.values()) {
      NetworkInterfaceState state = interfaces.get(held.interfaceIndex());
      boolean subnet = held.prefixLength() < 8 * held.address().getAddress().length;
      boolean global = !held.address().isLinkLocalAddress();
      if (subnet && global && state != null && !state.loopback()) {
        seen.add(
            held.address().getHostAddress() + "/" + held.prefixLength() + " on " + state.name());
      }
    }
    return new Selection.Missing(
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

  private static boolean contains(InterfaceAddress held, InetAddress address) {
    byte[] net = held.address().getAddress();
    byte[] wanted = address.getAddress();
    int bits = held.prefixLength();
    if (net.length != wanted.length || bits >= 8 * net.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(net, 0, whole, wanted, 0, whole)) {
      return false;
    }
    int mask = 0xff << (8 - bits % 8);
    return bits % 8 == 0 || ((net[whole] ^ wanted[whole]) & mask & 0xff) == 0;
  }
}
