package io.apiservervip.agent.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Writes the IPv4 header of an advertisement (RFC 791 §3.1, RFC 9568 §5.1.1).
 *
 * <pre>
 *  0                   1                   2                   3
 * |4  |5  | TOS 0xc0      | total length, by the kernel           |
 * | identification        | flags and fragment offset 0           |
 * | TTL 255 | protocol 112| checksum, by the kernel (raw(7))      |
 * | source address                                                |
 * | destination address                                           |
 * </pre>
 */
final class Ipv4HeaderCodec {
  static final int LENGTH = 20;

  private Ipv4HeaderCodec() {}

  /** Writes 20 bytes at position 0. */
  static void write(ByteBuffer out, int id, InetAddress source, InetAddress destination) {
    out.put(0, (byte) 0x45).put(1, (byte) 0xc0);
    out.putShort(2, (short) 0);
    out.put(4, (byte) (id >> 8)).put(5, (byte) id);
    out.putShort(6, (short) 0);
    out.put(8, (byte) 255).put(9, (byte) 112);
    out.putShort(10, (short) 0);
    out.put(12, source.getAddress()).put(16, destination.getAddress());
  }
}
