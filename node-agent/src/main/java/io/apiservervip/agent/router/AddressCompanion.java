package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.Set;

/**
 * Port: what comes and goes with the virtual addresses, such as translation rules and sessions.
 * Called on the address thread, which renews the dead man's switch: each call returns within 50 ms.
 * An exception changes nothing for the addresses.
 */
public interface AddressCompanion {
  /** Nothing goes with the addresses. */
  AddressCompanion NONE = new AddressCompanion() {};

  /** Right before the addresses are put on the interface; not at a renewal. */
  default void arriving(Set<InetAddress> addresses) {}

  /**
   * Right before the addresses are removed, or as soon as they were found expired. In a planned
   * move the successor has announced them by now: what still runs here is cut off.
   */
  default void leaving(Set<InetAddress> addresses) {}

  /** After the addresses were removed; they may come back. */
  default void gone(Set<InetAddress> addresses) {}
}
