package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.FaultCause;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces and addresses of this host as last told by the kernel. Pure but for its memory;
 * owned by the loop thread.
 */
final class HostLinks {
  private static final int MAX_EVENTS = 4096;

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
    return new PlaceChoice(interfaces, addresses.values(), settings).choose(everHeld);
  }
}
