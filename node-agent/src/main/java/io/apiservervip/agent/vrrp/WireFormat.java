package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one VRRP message between a buffer's position and limit, never past it, whatever the
 * buffer's byte order (RFC 9568 §5.2, RFC 3768 §5.3).
 *
 * <pre>
 *  0                   1                   2                   3
 * |Version| Type  | Virtual Rtr ID|   Priority    | Count Address |
 * |rsvd |Max Advertise Interval cs|           Checksum            |  version 3
 * |  Auth Type    | Adver Int sec |           Checksum            |  version 2
 * |                    count addresses of 4 or 16 bytes           |
 * |                    8 bytes of authentication data             |  version 2
 * </pre>
 *
 * <p>The checks come in the order in which a receiver has to make them; the field readers need
 * {@link #header} to have passed, those behind the first eight bytes {@link #shape} too.
 */
final class WireFormat {
  static final int HEADER_BYTES = 8;
  static final int AUTHENTICATION_BYTES = 8;
  static final int CHECKSUM_OFFSET = 6;
  static final int TYPE_ADVERTISEMENT = 1;

  /** The authentication trailer that keepalived 2.4 can append ({@code auth_hmac}). */
  private static final int TRAILER_BYTES = 28;

  private static final int HIGHEST_AUTH_TYPE = 2;

  private WireFormat() {}

  /** Size, version nibble and virtual router id. */
  static @Nullable Rejection header(ByteBuffer message) {
    if (message.remaining() < HEADER_BYTES) {
      return Rejection.TOO_SHORT;
    }
    if (version(message) != 2 && version(message) != 3) {
      return Rejection.BAD_VERSION;
    }
    return vrid(message) == 0 ? Rejection.BAD_VRID : null;
  }

  /** Type and length. */
  static @Nullable Rejection shape(Family family, ByteBuffer message) {
    if (type(message) != TYPE_ADVERTISEMENT) {
      return Rejection.BAD_TYPE;
    }
    int surplus = message.remaining() - expectedLength(family, message);
    if (surplus == 0) {
      return null;
    }
    return surplus == TRAILER_BYTES ? Rejection.TRAILER_UNSUPPORTED : Rejection.BAD_LENGTH;
  }

  /**
   * The form in which the checksum is right, null if it is in none. The old unicast form is tried
   * for a unicast destination only.
   */
  static @Nullable ChecksumForm checksum(
      Family family, InetAddress source, InetAddress destination, ByteBuffer message) {
    int own = InternetChecksum.sum(message, message.position(), message.limit());
    int length = message.remaining();
    if (family == Family.IPV4 && version(message) == 2) {
      return InternetChecksum.intact(own) ? ChecksumForm.MESSAGE_ONLY : null;
    }
    if (InternetChecksum.intact(own + PseudoHeader.sum(source, destination, length))) {
      return ChecksumForm.PSEUDO_HEADER;
    }
    if (family == Family.IPV6) {
      return null;
    }
    if (InternetChecksum.intact(own)) {
      return ChecksumForm.MESSAGE_ONLY;
    }
    InetAddress group = Family.IPV4.multicastGroup();
    return !destination.isMulticastAddress()
            && InternetChecksum.intact(own + PseudoHeader.sum(source, group, length))
        ? ChecksumForm.OLD_UNICAST
        : null;
  }

  /** Version 2: an authentication type that RFC 2338 names. */
  static @Nullable Rejection authentication(Family family, ByteBuffer message) {
    return carriesAuthentication(family, message) && authType(message) > HIGHEST_AUTH_TYPE
        ? Rejection.AUTH_UNKNOWN_TYPE
        : null;
  }

  /** The checks that stand at the end: version 3's interval, and the number of addresses. */
  static @Nullable Rejection content(ByteBuffer message) {
    if (intervalCentiseconds(message) == 0) {
      return version(message) == 3 ? Rejection.BAD_INTERVAL : Rejection.INTERVAL_MISMATCH;
    }
    return count(message) == 0 ? Rejection.NO_ADDRESSES : null;
  }

  static int version(ByteBuffer message) {
    return u8(message, 0) >>> 4;
  }

  static int type(ByteBuffer message) {
    return u8(message, 0) & 0xf;
  }

  static int vrid(ByteBuffer message) {
    return u8(message, 1);
  }

  static int priority(ByteBuffer message) {
    return u8(message, 2);
  }

  static int count(ByteBuffer message) {
    return u8(message, 3);
  }

  static int authType(ByteBuffer message) {
    return u8(message, 4);
  }

  /** Centiseconds in both versions; the reserved bits of version 3 are ignored. */
  static int intervalCentiseconds(ByteBuffer message) {
    return version(message) == 2 ? u8(message, 5) * 100 : u16(message, 4) & 0xfff;
  }

  /** Version 2 over IPv4: the eight bytes behind the addresses as one big-endian number. */
  static long authenticationField(ByteBuffer message) {
    return u64(message, HEADER_BYTES + 4 * count(message));
  }

  /** keepalived's version 2 over IPv6 leaves the authentication data out. */
  static boolean carriesAuthentication(Family family, ByteBuffer message) {
    return family == Family.IPV4 && version(message) == 2;
  }

  static int u8(ByteBuffer bytes, int offset) {
    return bytes.get(bytes.position() + offset) & 0xff;
  }

  static int u16(ByteBuffer bytes, int offset) {
    return u8(bytes, offset) << 8 | u8(bytes, offset + 1);
  }

  static long u32(ByteBuffer bytes, int offset) {
    return (long) u16(bytes, offset) << 16 | u16(bytes, offset + 2);
  }

  static long u64(ByteBuffer bytes, int offset) {
    return u32(bytes, offset) << 32 | u32(bytes, offset + 4);
  }

  private static int expectedLength(Family family, ByteBuffer message) {
    int authentication = carriesAuthentication(family, message) ? AUTHENTICATION_BYTES : 0;
    return HEADER_BYTES + count(message) * family.addressBytes() + authentication;
  }
}
