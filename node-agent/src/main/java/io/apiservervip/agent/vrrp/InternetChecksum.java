package io.apiservervip.agent.vrrp;

import java.nio.ByteBuffer;

/**
 * The one's complement sum of 16-bit words (RFC 1071), in two halves so that a pseudo-header's
 * words can be added before folding. A computed 0x0000 is sent as it is, unlike in UDP.
 */
final class InternetChecksum {
  private static final int ALL_ONES = 0xffff;

  private InternetChecksum() {}

  /** Unfolded sum of {@code [from, to)}; an odd last byte counts as the high half of a word. */
  static int sum(ByteBuffer bytes, int from, int to) {
    int sum = 0;
    int at = from;
    for (; at + 1 < to; at += 2) {
      sum += (bytes.get(at) & 0xff) << 8 | (bytes.get(at + 1) & 0xff);
    }
    return at < to ? sum + ((bytes.get(at) & 0xff) << 8) : sum;
  }

  /** The value of a checksum field, from the sum over the words with that field zero. */
  static int field(int sum) {
    return ~fold(sum) & ALL_ONES;
  }

  /** Whether a sum over the words with their checksum field is that of an intact packet. */
  static boolean intact(int sum) {
    return fold(sum) == ALL_ONES;
  }

  private static int fold(int sum) {
    int once = (sum >>> 16) + (sum & ALL_ONES);
    return (once >>> 16) + (once & ALL_ONES);
  }
}
