package io.apiservervip.agent.router;

/**
 * Port: addresses of this host's interfaces. Calls wait for the kernel's RTNL lock, so they are
 * made from the address thread alone.
 */
public interface AddressTable extends AutoCloseable {
  /**
   * Adds the address, or renews its lifetime: IPv4 with scope host, IPv6 deprecated and without
   * duplicate address detection; no prefix route; marked as ours (IFA_PROTO).
   *
   * @param lifetimeSeconds the kernel removes the address by itself after so long; 0 is forever
   * @throws OperatingException with the kernel's errno
   */
  void put(int interfaceIndex, VirtualAddress address, int lifetimeSeconds)
      throws OperatingException;

  /**
   * Removes the address if it is there.
   *
   * @return whether it was there; false also where the interface itself is gone
   */
  boolean remove(int interfaceIndex, VirtualAddress address) throws OperatingException;

  @Override
  void close();
}
