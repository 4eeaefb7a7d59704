package io.apiservervip.agent.vrrp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads one VRRP message, without IP header (RFC 9568 §5.2, RFC 3768 §5.3). Version 3
 * over IPv4 is written with a pseudo-header in its checksum and read in all three forms.
 */
public final class AdvertisementCodec {
  private static final Authentication NO_AUTHENTICATION = new Authentication.None();
  private static final int MAX_ADDRESSES = 255;
  private static final int MAX_V3_CENTISECONDS = 4095;

  private AdvertisementCodec() {}

  /**
   * Writes a message at the buffer's position, which moves behind it.
   *
   * @param source decides the family; it and the destination go into the checksum of version 3
   * @return bytes written
   * @throws IllegalArgumentException for what the version or family cannot carry
   */
  public static int encode(
      Advertisement adv, InetAddress source, InetAddress destination, ByteBuffer out) {
    Family family = Family.of(source);
    requireSayable(adv, family);
    int start = out.position();
    out.put((byte) (adv.version().number() << 4 | WireFormat.TYPE_ADVERTISEMENT));
    out.put((byte) adv.vrid().value());
    out.put((byte) adv.priority().value());
    out.put((byte) adv.addresses().size());
    boolean v2 = adv.version() == Version.V2;
    int interval = adv.interval().centiseconds();
    putU16(out, v2 ? adv.authentication().type() << 8 | interval / 100 : interval);
    putU16(out, 0);
    for (InetAddress address : adv.addresses()) {
      out.put(address.getAddress());
    }
    if (v2) {
      out.put(authenticationBytes(adv.authentication()));
    }
    int length = out.position() - start;
    int sum = InternetChecksum.sum(out, start, out.position());
    int field =
        InternetChecksum.field(v2 ? sum : sum + PseudoHeader.sum(source, destination, length));
    out.put(start + WireFormat.CHECKSUM_OFFSET, (byte) (field >>> 8));
    out.put(start + WireFormat.CHECKSUM_OFFSET + 1, (byte) field);
    return length;
  }

  /** Reads the message between position and limit, which stay where they are. */
  public static Reception decode(
      Family family, InetAddress source, InetAddress destination, ByteBuffer message) {
    Rejection header = WireFormat.header(message);
    if (header != null) {
      return Reception.Rejected.of(header, 0, false);
    }
    int vrid = WireFormat.vrid(message);
    Rejection shape = WireFormat.shape(family, message);
    if (shape != null) {
      return Reception.Rejected.of(shape, vrid, false);
    }
    ChecksumForm form = WireFormat.checksum(family, source, destination, message);
    if (form == null) {
      return Reception.Rejected.of(Rejection.BAD_CHECKSUM, vrid, false);
    }
    Rejection rest = rest(family, message);
    return rest == null
        ? new Reception.Accepted(read(family, message, null), form)
        : Reception.Rejected.of(rest, vrid, true);
  }

  /** Version 2 is not defined over IPv6, though keepalived can send it: right, but not for us. */
  private static @Nullable Rejection rest(Family family, ByteBuffer message) {
    if (family == Family.IPV6 && WireFormat.version(message) == 2) {
      return Rejection.VERSION_MISMATCH;
    }
    Rejection authentication = WireFormat.authentication(family, message);
    return authentication != null ? authentication : WireFormat.content(message);
  }

  /**
   * Reads a message that passed all checks.
   *
   * @param expected a policy whose values are used again where the packet has the same ones
   */
  static Advertisement read(Family family, ByteBuffer message, @Nullable KnownValues expected) {
    return new Advertisement(
        WireFormat.version(message) == 2 ? Version.V2 : Version.V3,
        KnownValues.vrid(WireFormat.vrid(message)),
        KnownValues.priority(WireFormat.priority(message)),
        expected == null
            ? new AdvertisementInterval(WireFormat.intervalCentiseconds(message))
            : expected.interval(WireFormat.intervalCentiseconds(message)),
        expected == null ? addresses(family, message) : expected.addresses(family, message),
        authentication(family, message));
  }

  static List<InetAddress> addresses(Family family, ByteBuffer message) {
    InetAddress[] addresses = new InetAddress[WireFormat.count(message)];
    byte[] bytes = new byte[family.addressBytes()];
    for (int i = 0; i < addresses.length; i++) {
      message.get(message.position() + WireFormat.HEADER_BYTES + i * bytes.length, bytes);
      addresses[i] = address(bytes);
    }
    return List.of(addresses);
  }

  /** An IPv4-mapped address stays an IPv6 one, as it was sent. */
  private static InetAddress address(byte[] bytes) {
    try {
      return bytes.length == 4
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, -1);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  private static Authentication authentication(Family family, ByteBuffer message) {
    if (!WireFormat.carriesAuthentication(family, message)) {
      return NO_AUTHENTICATION;
    }
    int type = WireFormat.authType(message);
    return switch (type) {
      case 0 -> NO_AUTHENTICATION;
      case 1 -> Authentication.Password.ofWord(WireFormat.authenticationField(message));
      default -> new Authentication.Unsupported(type);
    };
  }

  private static void requireSayable(Advertisement adv, Family family) {
    int count = adv.addresses().size();
    require(count >= 1 && count <= MAX_ADDRESSES, "an advertisement carries 1..255 addresses");
    for (InetAddress address : adv.addresses()) {
      require(Family.of(address) == family, "addresses are of the family of the source");
    }
    int interval = adv.interval().centiseconds();
    switch (adv.version()) {
      case V2 -> {
        require(family == Family.IPV4, "version 2 is for IPv4");
        require(interval % 100 == 0, "version 2 counts whole seconds");
      }
      case V3 -> {
        require(interval <= MAX_V3_CENTISECONDS, "version 3 counts up to 40.95 s");
        require(adv.authentication().type() == 0, "version 3 has no authentication");
      }
    }
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }

  private static byte[] authenticationBytes(Authentication authentication) {
    return switch (authentication) {
      case Authentication.None _ -> new byte[WireFormat.AUTHENTICATION_BYTES];
      case Authentication.Password password -> password.bytes();
      case Authentication.Unsupported unsupported ->
          throw new IllegalArgumentException(
              "authentication type " + unsupported.type() + " is not sent");
    };
  }

  private static void putU16(ByteBuffer out, int value) {
    out.put((byte) (value >>> 8));
    out.put((byte) value);
  }
}
