package io.apiservervip.agent.vrrp;

import java.net.InetAddress;

/**
 * Sum of the words of a pseudo-header: source, destination, message length and next header 112. The
 * layouts of IPv4 (RFC 793 §3.1) and IPv6 (RFC 8200 §8.1) differ, their sums do not.
 */
final class PseudoHeader {
  private PseudoHeader() {}

  /** Unfolded sum; add the message's own before folding. */
  static int sum(InetAddress source, InetAddress destination, int messageLength) {
    return words(source) + words(destination) + Ipv4Datagram.PROTOCOL_VRRP + messageLength;
  }

  private static int words(InetAddress address) {
    byte[] bytes = address.getAddress();
    int sum = 0;
    for (int i = 0; i < bytes.length; i += 2) {
      sum += (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
    }
    return sum;
  }
}
