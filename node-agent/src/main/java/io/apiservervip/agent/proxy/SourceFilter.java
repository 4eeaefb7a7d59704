package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.IpPrefix;
import java.util.List;

/**
 * The client addresses that are served: a list of prefixes, or everyone. An IPv4 address in IPv6
 * form (::ffff:a.b.c.d, as a socket for both families shows it) is taken as IPv4. Immutable.
 */
final class SourceFilter {
  private final byte[][] networks;
  private final int[] lengths;

  /**
   * @param allowed empty: everyone
   */
  SourceFilter(List<IpPrefix> allowed) {
    networks = new byte[allowed.size()][];
    lengths = new int[allowed.size()];
    for (int i = 0; i < networks.length; i++) {
      networks[i] = allowed.get(i).address().getAddress();
      lengths[i] = allowed.get(i).length();
    }
  }

  /**
   * Whether a client is served.
   *
   * @param address 4 or 16 bytes
   */
  boolean allows(byte[] address) {
    boolean everyone = networks.length == 0;
    boolean mapped = mapped(address);
    for (int i = 0; i < networks.length && !everyone; i++) {
      everyone = contains(networks[i], lengths[i], address, mapped ? 12 : 0);
    }
    return everyone;
  }

  private static boolean contains(byte[] network, int length, byte[] address, int from) {
    if (network.length != address.length - from) {
      return false;
    }
    for (int i = 0, rest = length; rest > 0; i++, rest -= 8) {
      int mask = rest >= 8 ? 0xff : 0xff << (8 - rest);
      if (((network[i] ^ address[from + i]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** RFC 4291 §2.5.5.2. */
  static boolean mapped(byte[] address) {
    if (address.length != 16 || address[10] != -1 || address[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
