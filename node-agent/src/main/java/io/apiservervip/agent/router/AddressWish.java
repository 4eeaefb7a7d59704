package io.apiservervip.agent.router;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Addresses wanted on an interface; none to give all of them up.
 *
 * @param number counts the wishes, so that an answer finds its own
 * @param lifetimeSeconds the kernel drops them after so long unless renewed; 0 is never
 */
record AddressWish(
    long number, int interfaceIndex, List<VirtualAddress> addresses, int lifetimeSeconds) {

  static AddressWish nothing(long number) {
    return new AddressWish(number, 0, List.of(), 0);
  }

  boolean mortal() {
    return !addresses.isEmpty() && lifetimeSeconds != 0;
  }

  long lifetimeNanos() {
    return TimeUnit.SECONDS.toNanos(lifetimeSeconds);
  }

  boolean wants(PlacedAddresses.Placed placed) {
    return interfaceIndex == placed.interfaceIndex() && addresses.contains(placed.address());
  }
}
