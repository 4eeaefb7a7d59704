package io.apiservervip.agent.linux;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The last 32 addresses that were read from packets, so that the same peers' packets allocate
 * nothing. Loop thread.
 */
final class AddressCache {
  private static final int SIZE = 32;

  private final @Nullable InetAddress[] addresses = new @Nullable InetAddress[SIZE];
  private final long[] high = new long[SIZE];
  private final long[] low = new long[SIZE];
  private int oldest;

  /** The IPv4 address at this index. */
  InetAddress ipv4(ByteBuffer bytes, int at) {
    return find(bytes, at, 4, 0, bytes.getInt(at));
  }

  /** The IPv6 address at this index. */
  InetAddress ipv6(ByteBuffer bytes, int at) {
    return find(bytes, at, 16, bytes.getLong(at), bytes.getLong(at + 8));
  }

  private InetAddress find(ByteBuffer bytes, int at, int length, long highBits, long lowBits) {
    for (int i = 0; i < SIZE; i++) {
      InetAddress known = addresses[i];
      if (known != null
          && high[i] == highBits
          && low[i] == lowBits
          && (known instanceof java.net.Inet4Address) == (length == 4)) {
        return known;
      }
    }
    byte[] raw = new byte[length];
    bytes.get(at, raw);
    InetAddress address = internet(raw);
    addresses[oldest] = address;
    high[oldest] = highBits;
    low[oldest] = lowBits;
    oldest = (oldest + 1) % SIZE;
    return address;
  }

  private static InetAddress internet(byte[] raw) {
    try {
      return InetAddress.getByAddress(raw);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes was refused", e);
    }
  }
}
