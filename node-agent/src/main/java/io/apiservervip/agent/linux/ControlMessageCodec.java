package io.apiservervip.agent.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes control messages (cmsg(3)), native byte order: {@code length:64 level:32
 * type:32} and a value, padded to 8.
 */
final class ControlMessageCodec {
  static final int SOL_SOCKET = 1;
  static final int SO_TIMESTAMPNS = 35;
  static final int IPPROTO_IPV6 = 41;
  static final int IPV6_PKTINFO = 50;
  static final int IPV6_HOPLIMIT = 52;

  private static final int HEADER = 16;

  private ControlMessageCodec() {}

  /** Index of the value of a control message of at least {@code least} bytes, or -1. */
  static int find(ByteBuffer control, int total, int level, int type, int least) {
    int at = 0;
    while (total - at >= HEADER) {
      long length = control.getLong(at);
      if (length < HEADER || length > total - at) {
        return -1;
      }
      if (control.getInt(at + 8) == level
          && control.getInt(at + 12) == type
          && length >= HEADER + least) {
        return at + HEADER;
      }
      at += (int) ((length + 7) & ~7L);
    }
    return -1;
  }

  /** Writes IPV6_PKTINFO with the source of a packet to be sent; returns how long it is. */
  static int writeSource(ByteBuffer control, InetAddress source, int interfaceIndex) {
    control.putLong(0, HEADER + 20).putInt(8, IPPROTO_IPV6).putInt(12, IPV6_PKTINFO);
    control.put(HEADER, source.getAddress()).putInt(HEADER + 16, interfaceIndex);
    return HEADER + 24;
  }

  /** The packet's arrival, nanoseconds of CLOCK_REALTIME, or -1. */
  static long arrivalNanos(ByteBuffer control, int total) {
    int at = find(control, total, SOL_SOCKET, SO_TIMESTAMPNS, 16);
    return at < 0 ? -1 : control.getLong(at) * 1_000_000_000L + control.getLong(at + 8);
  }

  /** The hop limit, or -1. */
  static int hopLimit(ByteBuffer control, int total) {
    int at = find(control, total, IPPROTO_IPV6, IPV6_HOPLIMIT, 4);
    return at < 0 ? -1 : control.getInt(at);
  }

  /** The destination in IPV6_PKTINFO, or null. */
  static @Nullable InetAddress destination(ByteBuffer control, int total, AddressCache cache) {
    int at = find(control, total, IPPROTO_IPV6, IPV6_PKTINFO, 20);
    return at < 0 ? null : cache.ipv6(control, at);
  }
}
