package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * One address of an interface as the kernel describes it.
 *
 * @param prefixLength bits of the on-link subnet, /32 and /128 for a virtual address
 * @param ours carries our {@code IFA_PROTO} mark: set by this program or an earlier life of it
 * @param usableSource for multicast adverts, and not ours: IPv4 of any scope but host, or
 *     link-local and settled; the kernel lists primary addresses first
 * @param settled neither tentative, duplicated nor deprecated; a settled global IPv6 address serves
 *     as source of unicast adverts
 */
public record InterfaceAddress(
    int interfaceIndex,
    InetAddress address,
    int prefixLength,
    boolean ours,
    boolean usableSource,
    boolean settled) {

  /** An address that is settled exactly when it is a usable source. */
  public InterfaceAddress(
      int interfaceIndex,
      InetAddress address,
      int prefixLength,
      boolean ours,
      boolean usableSource) {
    this(interfaceIndex, address, prefixLength, ours, usableSource, usableSource);
  }

  /**
   * Whether the subnet of this address contains another. /32 and /128 are no subnet; of another
   * family it never does.
   */
  public boolean subnetContains(InetAddress other) {
    byte[] net = address.getAddress();
    byte[] wanted = other.getAddress();
    if (net.length != wanted.length || prefixLength >= 8 * net.length) {
      return false;
    }
    int whole = prefixLength / 8;
    if (!Arrays.equals(net, 0, whole, wanted, 0, whole)) {
      return false;
    }
    int mask = 0xff << (8 - prefixLength % 8);
    return prefixLength % 8 == 0 || ((net[whole] ^ wanted[whole]) & mask & 0xff) == 0;
  }
}
