package io.apiservervip.agent.router;

import java.net.InetAddress;

/**
 * Port: addresses of this host's interfaces. Calls wait for the kernel's RTNL lock, so they are
 * made from the address thread alone.
 */
public interface AddressTable extends AutoCloseable {
  /**
   * Adds the address, or renews its lifetime: /32 with scope host, or /128 deprecated and without
   * duplicate address detection; no prefix route; marked as ours.
   *
   * @param lifetimeSeconds the kernel removes the address by itself after so long; 0 is forever
   * @throws OperatingException with the kernel's errno
   */
  void put(int interfaceIndex, InetAddress address, int lifetimeSeconds) throws OperatingException;

  /**
   * Removes the address if it is there.
   *
   * @return whether it was there
   */
  boolean remove(int interfaceIndex, InetAddress address) throws OperatingException;

  @Override
  void close();
}
