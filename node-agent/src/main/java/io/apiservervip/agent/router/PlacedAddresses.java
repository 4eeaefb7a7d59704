package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What may be on an interface because of this program, and the kernel calls that change it. Address
 * thread.
 */
final class PlacedAddresses {
  private final AddressTable table;
  private final ExpectedRemovals removals;
  private final AddressCompanion companion;
  private final Consumer<AddressKeeper.Result> results;
  private final Set<Placed> placed = new HashSet<>();

  /** One address on one interface. */
  record Placed(int interfaceIndex, VirtualAddress address) {}

  /**
   * @param removals told of each removal before the kernel is
   * @param companion never throws
   * @param results takes what went wrong
   */
  PlacedAddresses(
      AddressTable table,
      ExpectedRemovals removals,
      AddressCompanion companion,
      Consumer<AddressKeeper.Result> results) {
    this.table = table;
    this.removals = removals;
    this.companion = companion;
    this.results = results;
  }

  /**
   * Takes over what an earlier life has put.
   *
   * @return whether any of it is new
   */
  boolean inherit(Collection<Placed> others) {
    return placed.addAll(others);
  }

  boolean isEmpty() {
    return placed.isEmpty();
  }

  /** Whether some of it is to be removed. */
  boolean exceeds(AddressWish wish) {
    for (Placed old : placed) {
      if (!wish.wants(old)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Puts or renews what is wanted; stops at the first address that the kernel refuses.
   *
   * @return whether all of it is there
   */
  boolean put(AddressWish wish) {
    announceArrival(wish);
    try {
      for (VirtualAddress address : wish.addresses()) {
        placed.add(new Placed(wish.interfaceIndex(), address));
        table.put(wish.interfaceIndex(), address, wish.lifetimeSeconds());
      }
      return true;
    } catch (OperatingException e) {
      String detail = String.valueOf(e.getMessage());
      results.accept(new AddressKeeper.Result.Failed(wish.number(), detail));
      return false;
    }
  }

  /** Renewals and further attempts are no arrivals. */
  private void announceArrival(AddressWish wish) {
    Set<InetAddress> arriving = null;
    for (VirtualAddress address : wish.addresses()) {
      if (!placed.contains(new Placed(wish.interfaceIndex(), address))) {
        arriving = arriving == null ? new LinkedHashSet<>() : arriving;
        arriving.add(address.address());
      }
    }
    if (arriving != null) {
      companion.arriving(arriving);
    }
  }

  /** What cannot be removed stands in nobody's way: the rest goes on, and it is tried again. */
  void removeAllBut(AddressWish wish) {
    List<Placed> unwanted = placed.stream().filter(old -> !wish.wants(old)).toList();
    if (unwanted.isEmpty()) {
      return;
    }
    companion.leaving(addresses(unwanted));
    for (Placed old : unwanted) {
      try {
        remove(old);
      } catch (OperatingException e) {
        results.accept(new AddressKeeper.Result.NotRemoved(String.valueOf(e.getMessage())));
      }
    }
    Set<InetAddress> gone = addresses(unwanted);
    gone.removeAll(addresses(placed));
    if (!gone.isEmpty()) {
      companion.gone(gone);
    }
  }

  private static Set<InetAddress> addresses(Collection<Placed> some) {
    return some.stream()
        .map(one -> one.address().address())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A bug: the addresses go, and what else fails on the way is noted with it. */
  void abandon(Throwable bug) {
    companion.leaving(addresses(placed));
    for (Placed old : List.copyOf(placed)) {
      try {
        remove(old);
      } catch (OperatingException | RuntimeException e) {
        if (!e.equals(bug)) {
          bug.addSuppressed(e);
        }
      }
    }
  }

  private void remove(Placed old) throws OperatingException {
    InetAddress address = old.address().address();
    removals.expect(old.interfaceIndex(), address);
    boolean there = false;
    try {
      there = table.remove(old.interfaceIndex(), old.address());
    } finally {
      if (!there) {
        removals.settle(old.interfaceIndex(), address);
      }
    }
    placed.remove(old);
  }
}
