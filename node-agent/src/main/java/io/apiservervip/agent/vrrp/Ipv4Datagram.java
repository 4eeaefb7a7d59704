package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of what a raw IPv4 socket delivers (RFC 791 §3.1), between a buffer's position
 * and limit. Nothing here moves the buffer; the field readers need {@link #check} to have passed.
 *
 * <pre>
 *  0                   1                   2                   3
 * |Version|  IHL  |      TOS      |          Total Length         |
 * |         Identification        |Flags|     Fragment Offset     |
 * |      TTL      |    Protocol   |        Header Checksum        |
 * |                       Source Address                          |
 * |                    Destination Address                        |
 * </pre>
 */
public final class Ipv4Datagram {
  static final int PROTOCOL_VRRP = 112;

  private static final int MIN_HEADER_BYTES = 20;
  private static final int MORE_FRAGMENTS_OR_OFFSET = 0x3fff;

  private Ipv4Datagram() {}

  /**
   * Whether this is one whole VRRP datagram. Bytes after the total length are link padding and do
   * not count.
   *
   * @return null if it is
   */
  public static @Nullable Rejection check(ByteBuffer datagram) {
    if (datagram.remaining() < MIN_HEADER_BYTES
        || headerLength(datagram) < MIN_HEADER_BYTES
        || totalLength(datagram) > datagram.remaining()
        || totalLength(datagram) < headerLength(datagram) + WireFormat.HEADER_BYTES) {
      return Rejection.TOO_SHORT;
    }
    boolean whole = (WireFormat.u16(datagram, 6) & MORE_FRAGMENTS_OR_OFFSET) == 0;
    boolean vrrp = WireFormat.u8(datagram, 9) == PROTOCOL_VRRP;
    boolean ipv4 = WireFormat.u8(datagram, 0) >>> 4 == 4;
    return whole && vrrp && ipv4 ? null : Rejection.NOT_VRRP;
  }

  /** Bytes of header and options, 20..60. */
  public static int headerLength(ByteBuffer datagram) {
    return (WireFormat.u8(datagram, 0) & 0xf) * 4;
  }

  /** Bytes of header and payload. */
  public static int totalLength(ByteBuffer datagram) {
    return WireFormat.u16(datagram, 2);
  }

  public static int ttl(ByteBuffer datagram) {
    return WireFormat.u8(datagram, 8);
  }

  public static InetAddress source(ByteBuffer datagram) {
    return address(datagram, 12);
  }

  public static InetAddress destination(ByteBuffer datagram) {
    return address(datagram, 16);
  }

  /** The VRRP message: a view that ends at the total length. */
  public static ByteBuffer payload(ByteBuffer datagram) {
    int header = headerLength(datagram);
    return datagram.slice(datagram.position() + header, totalLength(datagram) - header);
  }

  private static InetAddress address(ByteBuffer datagram, int offset) {
    byte[] bytes = new byte[4];
    datagram.get(datagram.position() + offset, bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an IPv4 address", e);
    }
  }
}
