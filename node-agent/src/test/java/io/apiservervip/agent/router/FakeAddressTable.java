package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a pretended kernel, with lifetimes and notifications; a fault can be planted in
 * the next calls.
 */
final class FakeAddressTable implements AddressTable {
  private record Key(int index, InetAddress address) {}

  private static final class Held {
    private InterfaceAddress state = new InterfaceAddress(0, Nets.ip("0.0.0.0"), 0, false, false);
    private long untilNanos = Long.MAX_VALUE;
  }

  private final FakeClock clock;
  private final Queue<LinkEvent> events;
  private final List<String> log;
  private final Map<Key, Held> held = new LinkedHashMap<>();

  @Nullable OperatingException putFault;
  @Nullable OperatingException removeFault;
  @Nullable RuntimeException bug;
  int failures;

  FakeAddressTable(FakeClock clock, Queue<LinkEvent> events, List<String> log) {
    this.clock = clock;
    this.events = events;
    this.log = log;
  }

  /** Set by somebody else. */
  void plant(InterfaceAddress address) {
    Held entry = new Held();
    entry.state = address;
    held.put(new Key(address.interfaceIndex(), address.address()), entry);
    events.add(new LinkEvent.AddressAdded(address));
  }

  /** Removed by somebody else, or by the kernel with its interface. */
  boolean tear(int index, InetAddress address) {
    Held gone = held.remove(new Key(index, address));
    if (gone != null) {
      events.add(new LinkEvent.AddressGone(gone.state));
    }
    return gone != null;
  }

  /** Drops what was not renewed in time. */
  void expire() {
    for (Map.Entry<Key, Held> entry : List.copyOf(held.entrySet())) {
      if (clock.nanoTime() >= entry.getValue().untilNanos) {
        log.add("expired " + entry.getKey().address().getHostAddress());
        tear(entry.getKey().index(), entry.getKey().address());
      }
    }
  }

  List<InterfaceAddress> all() {
    List<InterfaceAddress> all = new ArrayList<>();
    held.values().forEach(entry -> all.add(entry.state));
    return all;
  }

  boolean holds(InetAddress address) {
    return held.keySet().stream().anyMatch(key -> key.address().equals(address));
  }

  @Override
  public void put(int index, VirtualAddress address, int lifetimeSeconds)
      throws OperatingException {
    failIfPlanted(putFault);
    log.add("put " + address.address().getHostAddress() + "/" + address.prefixLength());
    InterfaceAddress state =
        new InterfaceAddress(index, address.address(), address.prefixLength(), true, false);
    Held entry = held.computeIfAbsent(new Key(index, address.address()), _ -> new Held());
    entry.state = state;
    entry.untilNanos =
        lifetimeSeconds == 0 ? Long.MAX_VALUE : clock.nanoTime() + lifetimeSeconds * 1_000_000_000L;
    events.add(new LinkEvent.AddressAdded(state));
  }

  @Override
  public boolean remove(int index, VirtualAddress address) throws OperatingException {
    failIfPlanted(removeFault);
    log.add("remove " + address.address().getHostAddress());
    return tear(index, address.address());
  }

  private void failIfPlanted(@Nullable OperatingException fault) throws OperatingException {
    if (bug != null) {
      throw bug;
    }
    if (fault != null && failures > 0) {
      failures--;
      throw fault;
    }
  }

  @Override
  public void close() {}
}
