package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames written out by hand from RFC 826, RFC 5227 and RFC 4861. */
class NeighborFrameCodecTest {
  private static final MacAddress MAC = new MacAddress(0x020000000001L);
  private static final InetAddress IPV4 = InetAddress.ofLiteral("10.99.0.50");
  private static final InetAddress IPV6 = InetAddress.ofLiteral("fd00:99::50");

  @Test
  void gratuitousArpComesAsRequestAndAsReplyWithBroadcastTarget() {
    assertThat(hex(NeighborFrameCodec.gratuitousArp(1, MAC, IPV4)))
        .isEqualTo(
            "ffffffffffff0200000000010806000108000604"
                + "00010200000000010a630032ffffffffffff0a630032");
    assertThat(hex(NeighborFrameCodec.gratuitousArp(2, MAC, IPV4)))
        .isEqualTo(
            "ffffffffffff0200000000010806000108000604"
                + "00020200000000010a630032ffffffffffff0a630032");
  }

  @Test
  void unsolicitedAdvertisementOverridesAndSaysRouterOnlyWhereForwarding() {
    String start =
        "333300000001020000000001"
            + "86dd"
            + "6000000000203aff"
            + "fd000099000000000000000000000050"
            + "ff020000000000000000000000000001";
    String end = "fd000099000000000000000000000050" + "0201020000000001";
    assertThat(hex(NeighborFrameCodec.advertisement(MAC, IPV6, false)))
        .isEqualTo(start + "8800" + "58cb" + "20000000" + end);
    assertThat(hex(NeighborFrameCodec.advertisement(MAC, IPV6, true)))
        .isEqualTo(start + "8800" + "d8ca" + "a0000000" + end);
  }

  @Test
  void randomFramesAreNoClaimAndNeverFail() {
    Random random = new Random(7);
    byte[][] seeds = {
      NeighborFrameCodec.gratuitousArp(2, MAC, IPV4),
      NeighborFrameCodec.advertisement(MAC, IPV6, false)
    };
    for (int i = 0; i < 100_000; i++) {
      byte[] frame = seeds[i % 2].clone();
      frame[random.nextInt(frame.length)] = (byte) random.nextInt();
      ByteBuffer cut = ByteBuffer.wrap(frame).limit(random.nextInt(frame.length + 1));
      if (ClaimCodec.claimed(cut, List.of(IPV4, IPV6)) != null) {
        assertThat(ClaimCodec.station(cut)).isNotNull();
      }
    }
  }

  @Test
  void claimNamesTheSenderOfArpAndTheTargetOfAnAdvertisement() {
    ByteBuffer arp = ByteBuffer.wrap(NeighborFrameCodec.gratuitousArp(2, MAC, IPV4));
    ByteBuffer advertisement = ByteBuffer.wrap(NeighborFrameCodec.advertisement(MAC, IPV6, true));
    assertThat(ClaimCodec.claimed(arp, List.of(IPV4, IPV6))).isEqualTo(IPV4);
    assertThat(ClaimCodec.claimed(advertisement, List.of(IPV4, IPV6))).isEqualTo(IPV6);
    assertThat(ClaimCodec.claimed(arp, List.of(IPV6))).isNull();
    assertThat(ClaimCodec.station(arp)).isEqualTo(MAC);
    assertThat(ClaimCodec.station(advertisement)).isEqualTo(MAC);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
