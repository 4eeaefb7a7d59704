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
  private final Map<Integer, NetworkInterfaceState> interfaces = new LinkedHashMap<>();
  private final Map<Key, InterfaceAddress> addresses = new LinkedHashMap<>();

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

  void replace(LinkSnapshot snapshot) {
    interfaces.clear();
    addresses.clear();
    snapshot.interfaces().forEach(state -> interfaces.put(state.index(), state));
    snapshot.addresses().forEach(this::put);
  }

  void apply(LinkEvent event) {
    switch (event) {
      case LinkEvent.InterfaceChanged changed ->
          interfaces.put(changed.state().index(), changed.state());
      case LinkEvent.InterfaceGone gone -> {
        interfaces.remove(gone.index());
        addresses.keySet().removeIf(key -> key.interfaceIndex() == gone.index());
      }
      case LinkEvent.AddressAdded added -> put(added.address());
      case LinkEvent.AddressGone gone ->
          addresses.remove(new Key(gone.address().interfaceIndex(), gone.address().address()));
      case LinkEvent.Overrun _ -> {}
    }
  }

  private void put(InterfaceAddress address) {
    addresses.put(new Key(address.interfaceIndex(), address.address()), address);
  }

  boolean exists(int interfaceIndex) {
    return interfaces.containsKey(interfaceIndex);
  }

  /** Own-marked addresses among the given ones: left over from an earlier life. */
  List<InterfaceAddress> leftOver(List<VirtualAddress> virtual) {
    return addresses.values().stream()
        .filter(InterfaceAddress::ours)
        .filter(held -> isVirtual(held.address(), virtual))
        .toList();
  }

  /** Whether the interface carries every one of the addresses. */
  boolean holdsAll(int interfaceIndex, List<VirtualAddress> virtual) {
    return virtual.stream()
        .allMatch(
            address -> {
              InterfaceAddress held = addresses.get(new Key(interfaceIndex, address.address()));
              return held != null;
            });
  }

  /**
   * Chooses the interface.
   *
   * @param everHeld this process has held the addresses: kernels before 5.18 do not show our mark,
   *     so one that is found is taken for ours
   */
  Selection select(RouterSettings settings, boolean everHeld) {
    for (InterfaceAddress held : addresses.values()) {
      if (!everHeld && !held.ours() && isVirtual(held.address(), settings.addresses())) {
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
        String kind = family == Family.IPV4 ? "IPv4" : "link-local IPv6";
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
      if (held.interfaceIndex() == index && !isVirtual(held.address(), settings.addresses())) {
        own.add(held.address());
      }
    }
    return own;
  }

  private @Nullable InetAddress source(int index, Family family, RouterSettings settings) {
    RouterSettings.Member member = settings.own();
    boolean linkLocal = family == Family.IPV6 && settings.group().cast() == Cast.MULTICAST;
    InetAddress first = null;
    for (InterfaceAddress held : addresses.values()) {
      InetAddress address = held.address();
      boolean fits =
          held.interfaceIndex() == index
              && Family.of(address) == family
              && suits(held, linkLocal)
              && !isVirtual(address, settings.addresses());
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
        ? held.usableSource()
        : held.settled() && !held.ours() && !held.address().isLinkLocalAddress();
  }

  private @Nullable NetworkInterfaceState link(RouterSettings settings) {
    String wanted = settings.interfaceName();
    if (wanted != null) {
      return interfaces.values().stream()
          .filter(state -> state.name().equals(wanted))
          .findFirst()
          .orElse(null);
    }
    InetAddress first = settings.addresses().getFirst().address();
    return addresses.values().stream()
        .filter(held -> !held.ours() && contains(held, first))
        .map(held -> interfaces.get(held.interfaceIndex()))
        .filter(state -> state != null && !state.loopback())
        .findFirst()
        .orElse(null);
  }

  private Selection missing(RouterSettings settings) {
    if (settings.interfaceName() != null) {
      List<String> names = interfaces.values().stream().map(NetworkInterfaceState::name).toList();
      return new Selection.Missing(
          FaultCause.NO_INTERFACE,
          "there is no interface "
              + settings.interfaceName()
              + " (interfaces here: "
              + String.join(", ", names)
              + ")");
    }
    List<String> seen = new ArrayList<>();
    for (InterfaceAddress held : addresses.values()) {
      NetworkInterfaceState state = interfaces.get(held.interfaceIndex());
      if (state != null && !state.loopback() && !held.address().isLinkLocalAddress()) {
        seen.add(
            held.address().getHostAddress() + "/" + held.prefixLength() + " on " + state.name());
      }
    }
    return new Selection.Missing(
        FaultCause.NO_INTERFACE,
        "no interface's subnet contains "
            + settings.addresses().getFirst().address().getHostAddress()
            + " (subnets here: "
            + (seen.isEmpty() ? "none" : String.join(", ", seen))
            + "); set spec.interface if that is wanted");
  }

  private String name(int interfaceIndex) {
    NetworkInterfaceState state = interfaces.get(interfaceIndex);
    return state == null ? "interface " + interfaceIndex : state.name();
  }

  private static boolean isVirtual(InetAddress address, List<VirtualAddress> virtual) {
    return virtual.stream().anyMatch(wanted -> wanted.address().equals(address));
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
