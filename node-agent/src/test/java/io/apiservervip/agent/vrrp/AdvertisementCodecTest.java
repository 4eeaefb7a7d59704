package io.apiservervip.agent.vrrp;

import static io.apiservervip.agent.vrrp.Packets.buffer;
import static io.apiservervip.agent.vrrp.Packets.bytes;
import static io.apiservervip.agent.vrrp.Packets.ip;
import static io.apiservervip.agent.vrrp.Packets.reason;
import static io.apiservervip.agent.vrrp.Packets.v2;
import static io.apiservervip.agent.vrrp.Packets.v3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AdvertisementCodecTest {
  @ParameterizedTest
  @MethodSource("io.apiservervip.agent.vrrp.Packets#inOurForm")
  void encodesByteForByte(Packets packet) {
    ByteBuffer out = ByteBuffer.allocate(100).position(3);
    int length =
        AdvertisementCodec.encode(packet.advertisement, packet.source, packet.destination, out);
    assertThat(HexFormat.of().formatHex(out.array(), 3, 3 + length)).isEqualTo(packet.message);
    assertThat(out.position()).isEqualTo(3 + length);
  }

  @ParameterizedTest
  @EnumSource
  void decodesFieldsAndChecksumForm(Packets packet) {
    ByteBuffer message = buffer(packet.message).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(AdvertisementCodec.decode(packet.family, packet.source, packet.destination, message))
        .isEqualTo(new Reception.Accepted(packet.advertisement, packet.form()));
    assertThat(message.position()).isZero();
    assertThat(message.limit()).isEqualTo(packet.message.length() / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "41339601000a31ff0a000132, BAD_VERSION",
    "32339601000a40ff0a000132, BAD_TYPE",
    "31009601000a42320a000132, BAD_VRID",
    "31339600000a4d36, NO_ADDRESSES",
    "31339602000a41fe0a000132, BAD_LENGTH",
    "31339601000a41fb0a00013200000000, BAD_LENGTH",
    "31339601000042090a000132, BAD_INTERVAL",
    "31339601000a12340a000132, BAD_CHECKSUM",
    "31339601000a41, TOO_SHORT",
    "'', TOO_SHORT",
  })
  void rejectsWhatIsMalformed(String message, Rejection expected) {
    assertThat(reason(Packets.decode(message))).isEqualTo(expected);
  }

  @Test
  void reservedBitsAreIgnored() {
    assertThat(Packets.decode("31339601f00a51fe0a000132"))
        .isEqualTo(
            new Reception.Accepted(v3(51, 150, 10, "10.0.1.50"), ChecksumForm.PSEUDO_HEADER));
  }

  @ParameterizedTest
  @EnumSource
  void everyTruncationIsTooShortOrOfBadLength(Packets packet) {
    byte[] whole = bytes(packet.message);
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      assertThat(
              reason(
                  AdvertisementCodec.decode(packet.family, packet.source, packet.destination, cut)))
          .isEqualTo(length < 8 ? Rejection.TOO_SHORT : Rejection.BAD_LENGTH);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everySingleBitFlipIsRejected(Packets packet) {
    for (int bit = 0; bit < packet.message.length() * 4; bit++) {
      byte[] flipped = bytes(packet.message);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(
              AdvertisementCodec.decode(
                  packet.family, packet.source, packet.destination, ByteBuffer.wrap(flipped)))
          .as("bit %d", bit)
          .isInstanceOf(Reception.Rejected.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twentyEightSurplusBytesAreATrailer(Packets packet) {
    byte[] whole = bytes(packet.message);
    for (int surplus = 1; surplus < 64; surplus++) {
      ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(whole, whole.length + surplus));
      assertThat(
              reason(
                  AdvertisementCodec.decode(
                      packet.family, packet.source, packet.destination, longer)))
          .isEqualTo(surplus == 28 ? Rejection.TRAILER_UNSUPPORTED : Rejection.BAD_LENGTH);
    }
  }

  @Test
  void oldUnicastFormIsNotTriedForAMulticastDestination() {
    InetAddress otherGroup = ip("224.0.0.19");
    ByteBuffer old = buffer(Packets.G9_OLD_UNICAST.message);
    assertThat(reason(AdvertisementCodec.decode(Family.IPV4, ip("10.0.1.1"), otherGroup, old)))
        .isEqualTo(Rejection.BAD_CHECKSUM);
  }

  @ParameterizedTest
  @CsvSource({"3, AUTH_UNKNOWN_TYPE", "255, AUTH_UNKNOWN_TYPE", "2, "})
  void authenticationTypesUpToTwoAreKnown(int type, Rejection expected) {
    byte[] message = bytes(Packets.G1_V2_NO_AUTH.message);
    message[4] = (byte) type;
    fixVersion2Checksum(message);
    Reception reception =
        AdvertisementCodec.decode(
            Family.IPV4, ip("10.0.1.1"), ip("224.0.0.18"), ByteBuffer.wrap(message));
    assertThat(reason(reception)).isEqualTo(expected);
  }

  @Test
  void version2OverIpv6IsRightButOfAnotherVersion() {
    byte[] message = bytes("213396010001" + "0000" + "fd000001000000000000000000000050");
    InetAddress source = Packets.G10_V6_TWO_ADDRESSES.source;
    InetAddress group = Packets.G10_V6_TWO_ADDRESSES.destination;
    assertThat(AdvertisementCodec.decode(Family.IPV6, source, group, ByteBuffer.wrap(message)))
        .isEqualTo(new Reception.Rejected(Rejection.BAD_CHECKSUM, 51, false));
    Mutator.fixChecksum(Family.IPV6, source, group, message);
    assertThat(AdvertisementCodec.decode(Family.IPV6, source, group, ByteBuffer.wrap(message)))
        .isEqualTo(new Reception.Rejected(Rejection.VERSION_MISMATCH, 51, true));
  }

  @Test
  void mappedAddressStaysAnIpv6Address() {
    byte[] message = bytes("31336401000a0000" + "00000000000000000000ffff0a000132");
    Packets frr = Packets.F2_FRR_V6;
    Mutator.fixChecksum(Family.IPV6, frr.source, frr.destination, message);
    Reception reception =
        AdvertisementCodec.decode(
            Family.IPV6, frr.source, frr.destination, ByteBuffer.wrap(message));
    assertThat(reception)
        .isInstanceOfSatisfying(
            Reception.Accepted.class,
            accepted ->
                assertThat(accepted.advertisement().addresses().getFirst())
                    .isInstanceOf(Inet6Address.class));
  }

  @Test
  void refusesToEncodeWhatVersionOrFamilyCannotCarry() {
    assertRefused(v3(1, 1, 4096, "10.0.0.1"), "10.0.0.9", "40.95");
    assertRefused(v2(1, 1, "", "fd00::1"), "fd00::9", "version 2 is for IPv4");
    assertRefused(v3(1, 1, 10), "10.0.0.9", "1..255 addresses");
    assertRefused(v3(1, 1, 10, "fd00::1"), "10.0.0.9", "family of the source");
    String[] tooMany = IntStream.range(0, 256).mapToObj(i -> "10.0.0." + i).toArray(String[]::new);
    assertRefused(v3(1, 1, 10, tooMany), "10.0.0.9", "1..255 addresses");
    Advertisement v2 = v2(1, 1, "", "10.0.0.1");
    assertRefused(
        new Advertisement(
            Version.V2,
            v2.vrid(),
            v2.priority(),
            new AdvertisementInterval(150),
            v2.addresses(),
            v2.authentication()),
        "10.0.0.9",
        "whole seconds");
    assertRefused(
        new Advertisement(
            Version.V3,
            v2.vrid(),
            v2.priority(),
            v2.interval(),
            v2.addresses(),
            Authentication.Password.of("x")),
        "10.0.0.9",
        "no authentication");
  }

  @SeededTest(runs = 500)
  void decodingGivesBackWhatWasEncoded(Random random) {
    Mutator.Sample sample = Mutator.randomAdvertisement(random);
    ByteBuffer out = ByteBuffer.allocate(4608);
    AdvertisementCodec.encode(sample.advertisement(), sample.source(), sample.destination(), out);
    Reception reception =
        AdvertisementCodec.decode(
            Family.of(sample.source()), sample.source(), sample.destination(), out.flip());
    assertThat(reception)
        .isInstanceOfSatisfying(
            Reception.Accepted.class,
            accepted -> assertThat(accepted.advertisement()).isEqualTo(sample.advertisement()));
  }

  @SeededTest(runs = 300)
  void aFlippedBitNeverPassesInTheSameForm(Random random) {
    Mutator.Sample sample = Mutator.randomAdvertisement(random);
    ByteBuffer out = ByteBuffer.allocate(4608);
    AdvertisementCodec.encode(sample.advertisement(), sample.source(), sample.destination(), out);
    out.flip();
    int bit = random.nextInt(out.limit() * 8);
    out.put(bit / 8, (byte) (out.get(bit / 8) ^ 1 << bit % 8));
    Reception reception =
        AdvertisementCodec.decode(
            Family.of(sample.source()), sample.source(), sample.destination(), out);
    ChecksumForm sent =
        sample.advertisement().version() == Version.V2
            ? ChecksumForm.MESSAGE_ONLY
            : ChecksumForm.PSEUDO_HEADER;
    assertThat(reception instanceof Reception.Accepted accepted && accepted.form() == sent)
        .isFalse();
  }

  private static void assertRefused(Advertisement adv, String source, String rule) {
    assertThatThrownBy(
            () -> AdvertisementCodec.encode(adv, ip(source), ip(source), ByteBuffer.allocate(5000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rule);
  }

  private static void fixVersion2Checksum(byte[] message) {
    Mutator.fixChecksum(Family.IPV4, ip("10.0.1.1"), ip("224.0.0.18"), message);
  }
}
