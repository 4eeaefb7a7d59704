package io.apiservervip.agent.vrrp;

import static io.apiservervip.agent.vrrp.Packets.bytes;
import static io.apiservervip.agent.vrrp.Packets.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdvertisementReceiverTest {
  @ParameterizedTest
  @EnumSource
  void admitsEveryKnownPacketAndLeavesTheBufferAlone(Packets packet) {
    ByteBuffer received = ByteBuffer.wrap(packet.received());
    Verdict verdict = receive(packet, packet.policy(), received);
    assertThat(verdict)
        .isEqualTo(new Verdict.Admitted(packet.advertisement, packet.form(), false, false));
    assertThat(received.position()).isZero();
    assertThat(received.limit()).isEqualTo(packet.received().length);
  }

  @ParameterizedTest
  @EnumSource(names = {"G1_V2_NO_AUTH", "G5_V3_TWO_ADDRESSES", "G9_OLD_UNICAST"})
  void takesTheAddressesFromTheHeaderWhereTheSocketGaveNone(Packets packet) {
    AdvertisementReceiver receiver = new AdvertisementReceiver(packet.policy());
    ByteBuffer received = ByteBuffer.wrap(packet.received());
    assertThat(receiver.receive(Family.IPV4, received, null, null, -1))
        .isEqualTo(new Verdict.Admitted(packet.advertisement, packet.form(), false, false));
  }

  @Test
  void ipv6WithoutAddressesIsTooShort() {
    Packets packet = Packets.G11_V6_FAST;
    AdvertisementReceiver receiver = new AdvertisementReceiver(packet.policy());
    ByteBuffer received = ByteBuffer.wrap(packet.received());
    assertThat(receiver.receive(Family.IPV6, received, null, packet.destination, 255))
        .isEqualTo(new Reception.Rejected(Rejection.TOO_SHORT));
  }

  @Test
  void paddingIsNoPartOfTheMessage() {
    Packets packet = Packets.G7_V3_OWNER;
    ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(packet.received(), 46));
    assertThat(receive(packet, packet.policy(), padded)).isInstanceOf(Verdict.Admitted.class);
    assertThat(padded.limit()).isEqualTo(46);
  }

  /**
   * The base is G2 (version 2, password, id 51). Each row breaks a check and all that come later,
   * so the earliest one has to be the reason. Offsets are those of the VRRP message.
   */
  @ParameterizedTest
  @CsvSource({
    "0:41 1:00,                 BAD_VERSION,        false",
    "1:00,                      BAD_VRID,           false",
    "0:32 1:34 6:00,            UNKNOWN_VRID,       false",
    "1:34 7:35,                 UNKNOWN_VRID,       true",
    "0:32 6:00,                 VERSION_MISMATCH,   false",
    "0:22 3:09 6:00,            BAD_TYPE,           false",
    "3:09 6:00,                 BAD_LENGTH,         false",
    "6:00 4:03,                 BAD_CHECKSUM,       false",
    "4:03 5:02 6:0a 7:35,       AUTH_UNKNOWN_TYPE,  true",
    "4:02 5:02 6:0b 7:35,       AUTH_TYPE_MISMATCH, true",
    "12:32 5:02 6:0b 7:35,      AUTH_FAILURE,       true",
    "5:02 7:35,                 INTERVAL_MISMATCH,  true",
    "5:00 7:37,                 INTERVAL_MISMATCH,  true",
    "11:3c 7:2c,                FOREIGN_ROUTER,     true",
  })
  void theEarliestFailedCheckIsTheReason(String changes, Rejection expected, boolean intact) {
    Packets packet = Packets.G2_V2_PASSWORD;
    byte[] received = packet.received();
    for (String change : changes.split(" ", -1)) {
      int colon = change.indexOf(':');
      int offset = Integer.parseInt(change.substring(0, colon));
      received[20 + offset] = bytes(change.substring(colon + 1))[0];
    }
    Verdict verdict = receive(packet, packet.policy(), ByteBuffer.wrap(received));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Reception.Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(expected);
              assertThat(rejected.intact()).isEqualTo(intact);
            });
  }

  @Test
  void authenticationComesBeforeTheNumberOfAddresses() {
    Packets packet = Packets.G2_V2_PASSWORD;
    byte[] none = bytes("2133640001010000" + "3232323200000000");
    assertThat(version2(packet, none)).isEqualTo(Rejection.AUTH_FAILURE);
    byte[] right = bytes("2133640001010000" + "3131313100000000");
    assertThat(version2(packet, right)).isEqualTo(Rejection.NO_ADDRESSES);
  }

  @Test
  void ownSourceAndHopLimitComeBeforeTheMessage() {
    Packets packet = Packets.G5_V3_TWO_ADDRESSES;
    byte[] received = packet.received();
    received[20] = 0x32;
    received[8] = 1;
    ByteBuffer broken = ByteBuffer.wrap(received);
    assertThat(Packets.reason(receive(packet, packet.policy(), broken)))
        .isEqualTo(Rejection.BAD_TTL);
    ReceivePolicy own =
        withSegment(packet, Segment.openToAnyone(Cast.MULTICAST, Set.of(packet.source)));
    assertThat(Packets.reason(receive(packet, own, broken))).isEqualTo(Rejection.OWN_SOURCE);
  }

  @Test
  void wayOfSendingMembershipAndListComeLast() {
    Packets packet = Packets.G8_V3_UNICAST;
    Set<InetAddress> own = Set.of(ip("10.0.1.2"));
    Segment strangersInMulticast = new Segment(Cast.MULTICAST, own, Set.of());
    Segment strangers = new Segment(Cast.UNICAST, own, Set.of(ip("10.0.1.3")));
    ByteBuffer received = ByteBuffer.wrap(packet.received());
    assertThat(receive(packet, withSegment(packet, strangersInMulticast), received))
        .isEqualTo(new Reception.Rejected(Rejection.WRONG_CAST, 51, true));
    assertThat(receive(packet, withSegment(packet, strangers), received))
        .isEqualTo(new Reception.Rejected(Rejection.NOT_A_MEMBER, 51, true));
  }

  @Test
  void anotherVersionIsForeignOnlyWhenIntact() {
    ReceivePolicy version3 = Packets.G5_V3_TWO_ADDRESSES.policy();
    Packets version2 = Packets.G2_V2_PASSWORD;
    byte[] received = version2.received();
    Verdict whole = receive(version2, version3, ByteBuffer.wrap(received));
    assertThat(whole).isEqualTo(new Reception.Rejected(Rejection.VERSION_MISMATCH, 51, true));
    received[30] ^= 1;
    Verdict corrupt = receive(version2, version3, ByteBuffer.wrap(received));
    assertThat(corrupt).isEqualTo(new Reception.Rejected(Rejection.VERSION_MISMATCH, 51, false));
    assertThat(((Reception.Rejected) whole).foreign()).isTrue();
    assertThat(((Reception.Rejected) corrupt).foreign()).isFalse();
  }

  @SeededTest(runs = 300)
  void theWireAndTheDecodedAdvertisementAreJudgedAlike(Random random) {
    List<Packets> packets = List.of(Packets.values());
    Packets packet = packets.get(random.nextInt(packets.size()));
    Packets other = packets.get(random.nextInt(packets.size()));
    if (packet.family != other.family) {
      return;
    }
    ByteBuffer message = Packets.buffer(packet.message);
    Reception.Accepted accepted =
        (Reception.Accepted)
            AdvertisementCodec.decode(packet.family, packet.source, packet.destination, message);
    Verdict judged =
        other
            .policy()
            .judge(packet.family, packet.source, packet.destination, packet.hopLimit(), accepted);
    assertThat(receive(packet, other.policy(), ByteBuffer.wrap(packet.received())))
        .isEqualTo(judged);
  }

  private static Rejection version2(Packets packet, byte[] message) {
    Mutator.fixChecksum(packet.family, packet.source, packet.destination, message);
    byte[] received = Arrays.copyOf(bytes(packet.header), 20 + message.length);
    System.arraycopy(message, 0, received, 20, message.length);
    received[3] = (byte) received.length;
    Verdict verdict = receive(packet, packet.policy(), ByteBuffer.wrap(received));
    return ((Reception.Rejected) verdict).reason();
  }

  private static Verdict receive(Packets packet, ReceivePolicy policy, ByteBuffer received) {
    return new AdvertisementReceiver(policy)
        .receive(packet.family, received, packet.source, packet.destination, packet.hopLimit());
  }

  private static ReceivePolicy withSegment(Packets packet, Segment segment) {
    ReceivePolicy policy = packet.policy();
    return new ReceivePolicy(
        policy.version(),
        policy.vrid(),
        policy.interval(),
        policy.authentication(),
        segment,
        policy.virtualAddresses());
  }
}
