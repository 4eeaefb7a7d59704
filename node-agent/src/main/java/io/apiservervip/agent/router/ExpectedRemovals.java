package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The removals that the kernel will report because the address thread asked for them, so that none
 * of them is taken for somebody else's. Any thread; holds at most the addresses that this process
 * has put.
 */
final class ExpectedRemovals {
  private final Map<Place, Integer> counts = new HashMap<>();

  private record Place(int interfaceIndex, InetAddress address) {}

  synchronized void expect(int interfaceIndex, InetAddress address) {
    counts.merge(new Place(interfaceIndex, address), 1, Integer::sum);
  }

  /**
   * Takes one expected removal back: the kernel has reported it, or there was nothing to remove.
   *
   * @return whether one was expected
   */
  synchronized boolean settle(int interfaceIndex, InetAddress address) {
    Place place = new Place(interfaceIndex, address);
    Integer count = counts.get(place);
    if (count == null) {
      return false;
    }
    if (count == 1) {
      counts.remove(place);
    } else {
      counts.put(place, count - 1);
    }
    return true;
  }

  /** Notifications were lost: what they said will never be heard. */
  synchronized void forget() {
    counts.clear();
  }
}
