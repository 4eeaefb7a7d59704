package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Packets with known bytes. G: byte-identical to keepalived 2.2.7 on the wire; F: captured from FRR
 * 8.4.4; X: worked out by an independent script.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists are unmodifiable and addresses have no setters
enum Packets {
  G1_V2_NO_AUTH(
      "45c0002800010000ff70cf910a000101e0000012",
      "2107640100016fc40a0001320000000000000000",
      v2(7, 100, "", "10.0.1.50")),
  G2_V2_PASSWORD(
      "45c0002800010000ff70cf910a000101e0000012",
      "2133640101010c360a0001323131313100000000",
      v2(51, 100, "1111", "10.0.1.50")),
  G3_V2_RESIGN(
      "45c0002800040000ff70cf8e0a000101e0000012",
      "21330001010170360a0001323131313100000000",
      v2(51, 0, "1111", "10.0.1.50")),
  G4_V2_OWNER(
      "45c0002800010000ff70cf910a000101e0000012",
      "2133ff010001d4970a0001320000000000000000",
      v2(51, 255, "", "10.0.1.50")),
  G5_V3_TWO_ADDRESSES(
      "45c0002400010000ff70cf950a000101e0000012",
      "31339602000a36c70a0001320a000133",
      v3(51, 150, 10, "10.0.1.50", "10.0.1.51")),
  G6_V3_RESIGN(
      "45c0002400320000ff70cf640a000101e0000012",
      "31330002000accc70a0001320a000133",
      v3(51, 0, 10, "10.0.1.50", "10.0.1.51")),
  G7_V3_OWNER(
      "45c0002000010000ff70cf990a000101e0000012",
      "3133ff010064d8a40a000132",
      v3(51, 255, 100, "10.0.1.50")),
  G8_V3_UNICAST(
      "45c0002000010000ff70a4aa0a0001010a000102",
      "31339601003216e80a000132",
      v3(51, 150, 50, "10.0.1.50")),
  G10_V6_TWO_ADDRESSES(
      "6c022df9002870fffe80000000000000000000fffe000001ff020000000000000000000000000012",
      "3133960200643f13fe800000000000000000000000000051fd000001000000000000000000000050",
      v3(51, 150, 100, "fe80::51", "fd00:1::50")),
  G11_V6_FAST(
      "6c022df9001870fffe80000000000000000000fffe000001ff020000000000000000000000000012",
      "3134640100017058fd000001000000000000000000000050",
      v3(52, 100, 1, "fd00:1::50")),
  G12_V6_UNICAST(
      "6c0c13e000187040fd000001000000000000000000000001fd000001000000000000000000000002",
      "3133960100644086fd000001000000000000000000000050",
      v3(51, 150, 100, "fd00:1::50")),
  F1_FRR_V3(
      "45c00020a5114000ff70ea880a000101e0000012",
      "31336401000a73ff0a000132",
      v3(51, 100, 10, "10.0.1.50")),
  F2_FRR_V6(
      "6c0cd728001870fffe8000000000000000000000000000a1ff020000000000000000000000000012",
      "31336401000a6eb0fd000001000000000000000000000050",
      v3(51, 100, 10, "fd00:1::50")),
  F3_FRR_V2(
      "45c00028aa774000ff70e51a0a000101e0000012",
      "2133640100016f980a0001320000000000000000",
      v2(51, 100, "", "10.0.1.50")),
  X2_EXTREMES(
      "45c0002000010000ff70cf990a000101e0000012",
      "31ff01010fffc63e0a000132",
      v3(255, 1, 4095, "10.0.1.50")),
  X3_V2_TWO_ADDRESSES(
      "45c0002c00010000ff70cf8d0a000101e0000012",
      "21336402010101020a0001320a0001333131313100000000",
      v2(51, 100, "1111", "10.0.1.50", "10.0.1.51")),
  X4_V2_LONG_PASSWORD(
      "45c0002800010000ff70cf910a000101e0000012",
      "213364010101afec0a0001326c6f6e6770617373",
      v2(51, 100, "longpass9", "10.0.1.50")),
  X5_CHECKSUM_ZERO(
      "45c0002000010000ff70cf990a000101e0000012",
      "31d8d701006400000a000132",
      v3(216, 215, 100, "10.0.1.50")),
  G9_OLD_UNICAST(
      "45c0002000010000ff70a4aa0a0001010a000102",
      "31339601003241d70a000132",
      v3(51, 150, 50, "10.0.1.50")),
  X1_MESSAGE_ONLY(
      "45c0002400010000ff70cf950a000101e0000012",
      "31339602000a225b0a0001320a000133",
      v3(51, 150, 10, "10.0.1.50", "10.0.1.51"));

  final String header;
  final String message;
  final Advertisement advertisement;
  final Family family;
  final InetAddress source;
  final InetAddress destination;

  Packets(String header, String message, Advertisement advertisement) {
    this.header = header;
    this.message = message;
    this.advertisement = advertisement;
    this.family = header.startsWith("4") ? Family.IPV4 : Family.IPV6;
    int digits = family.addressBytes() * 2;
    int end = header.length();
    this.source = address(HexFormat.of().parseHex(header, end - 2 * digits, end - digits));
    this.destination = address(HexFormat.of().parseHex(header, end - digits, end));
  }

  /** Those that we would send so ourselves. */
  static Stream<Packets> inOurForm() {
    return Stream.of(values())
        .filter(packet -> packet.form() != ChecksumForm.OLD_UNICAST)
        .filter(packet -> packet != X1_MESSAGE_ONLY);
  }

  ChecksumForm form() {
    return switch (this) {
      case G9_OLD_UNICAST -> ChecksumForm.OLD_UNICAST;
      case X1_MESSAGE_ONLY -> ChecksumForm.MESSAGE_ONLY;
      default ->
          advertisement.version() == Version.V2
              ? ChecksumForm.MESSAGE_ONLY
              : ChecksumForm.PSEUDO_HEADER;
    };
  }

  int hopLimit() {
    return this == G12_V6_UNICAST ? 64 : 255;
  }

  /** What the socket gives: IPv4 with header, IPv6 without. */
  byte[] received() {
    return family == Family.IPV4 ? bytes(header + message) : bytes(message);
  }

  /** A policy to which this packet belongs. */
  ReceivePolicy policy() {
    return new ReceivePolicy(
        advertisement.version(),
        advertisement.vrid(),
        advertisement.interval(),
        advertisement.authentication(),
        Segment.openToAnyone(
            destination.isMulticastAddress() ? Cast.MULTICAST : Cast.UNICAST,
            Set.of(family == Family.IPV4 ? ip("10.0.1.9") : ip("fe80::9"))),
        advertisement.addresses());
  }

  static Advertisement v3(int vrid, int priority, int centiseconds, String... addresses) {
    return new Advertisement(
        Version.V3,
        new Vrid(vrid),
        new Priority(priority),
        new AdvertisementInterval(centiseconds),
        ips(addresses),
        new Authentication.None());
  }

  static Advertisement v2(int vrid, int priority, String password, String... addresses) {
    return new Advertisement(
        Version.V2,
        new Vrid(vrid),
        new Priority(priority),
        new AdvertisementInterval(100),
        ips(addresses),
        password.isEmpty() ? new Authentication.None() : Authentication.Password.of(password));
  }

  static List<InetAddress> ips(String... literals) {
    return Stream.of(literals).map(Packets::ip).toList();
  }

  static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static ByteBuffer buffer(String hex) {
    return ByteBuffer.wrap(bytes(hex));
  }

  static Reception decode(String message) {
    return AdvertisementCodec.decode(
        Family.IPV4, ip("10.0.1.1"), ip("224.0.0.18"), buffer(message));
  }

  static @Nullable Rejection reason(Object outcome) {
    return outcome instanceof Reception.Rejected rejected ? rejected.reason() : null;
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
