package io.apiservervip.agent.linux;

import io.apiservervip.agent.preflight.SegmentTap;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Ethernet frames with IP protocol 112, and with an ICMP error about a packet of it (RFC 792,
 * RFC 4443 §3.1, §3.4); whatever is malformed or a fragment reads as nothing.
 *
 * <pre>
 * 0 destination:48 source:48 0800 | 14 IPv4 header, IHL words | payload
 * 0 destination:48 source:48 86dd | 14 IPv6 header, 40 bytes  | payload, no extension headers
 * ICMP  type:8 code:8 checksum:16 unused:32 | IP header of the packet that it is about
 * </pre>
 */
final class TapCodec {
  private static final int LINK = 14;
  private static final int ICMP_HEADER = 8;
  private static final int VRRP = 112;
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;

  private TapCodec() {}

  static SegmentTap.@Nullable Seen read(ByteBuffer frame) {
    Ip ip = frame.limit() < LINK ? null : Ip.read(frame, LINK, frame.limit());
    if (ip == null) {
      return null;
    }
    if (ip.protocol == VRRP) {
      byte[] payload = new byte[ip.end - ip.payload];
      frame.get(ip.payload, payload);
      ByteBuffer copy = ByteBuffer.wrap(payload);
      return new SegmentTap.Packet(ip.family, ip.source, ip.destination, copy);
    }
    return ip.protocol == (ip.family == Family.IPV4 ? ICMP : ICMPV6) ? error(frame, ip) : null;
  }

  private static SegmentTap.@Nullable Seen error(ByteBuffer frame, Ip ip) {
    if (ip.end - ip.payload < ICMP_HEADER) {
      return null;
    }
    int type = frame.get(ip.payload) & 0xff;
    int code = frame.get(ip.payload + 1) & 0xff;
    boolean error = ip.family == Family.IPV4 ? type == 3 : type == 1 || type == 4;
    Ip about = error ? Ip.read(frame, ip.payload + ICMP_HEADER, ip.end) : null;
    return about == null || about.protocol != VRRP
        ? null
        : new SegmentTap.Unreachable(ip.family, ip.source, about.destination, type, code);
  }

  /** An IP header and where its payload lies in the frame. */
  private record Ip(
      Family family,
      int protocol,
      InetAddress source,
      InetAddress destination,
      int payload,
      int end) {

    /** A quoted header may say that more follows than does. */
    static @Nullable Ip read(ByteBuffer frame, int at, int limit) {
      int version = at < limit ? (frame.get(at) & 0xff) >>> 4 : 0;
      if (version == 4 && limit - at >= 20) {
        int header = (frame.get(at) & 0xf) * 4;
        int total = u16(frame, at + 2);
        boolean whole = (u16(frame, at + 6) & 0x3fff) == 0;
        return header < 20 || at + header > limit || total < header || !whole
            ? null
            : new Ip(
                Family.IPV4,
                frame.get(at + 9) & 0xff,
                address(frame, at + 12, 4),
                address(frame, at + 16, 4),
                at + header,
                Math.min(limit, at + total));
      }
      return version == 6 && limit - at >= 40
          ? new Ip(
              Family.IPV6,
              frame.get(at + 6) & 0xff,
              address(frame, at + 8, 16),
              address(frame, at + 24, 16),
              at + 40,
              Math.min(limit, at + 40 + u16(frame, at + 4)))
          : null;
    }

    private static int u16(ByteBuffer frame, int at) {
      return (frame.get(at) & 0xff) << 8 | (frame.get(at + 1) & 0xff);
    }

    private static InetAddress address(ByteBuffer frame, int at, int length) {
      byte[] bytes = new byte[length];
      frame.get(at, bytes);
      try {
        return InetAddress.getByAddress(bytes);
      } catch (UnknownHostException e) {
        throw new AssertionError("4 or 16 bytes are an address", e);
      }
    }
  }
}
