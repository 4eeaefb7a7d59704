package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.preflight.SegmentTap;
import io.apiservervip.agent.vrrp.Family;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TapCodecTest {
  private static final String LINK = "020000000011020000000012";
  private static final String ADVERT =
      LINK
          + "0800"
          + "45c0002000010000ff70cf990a000101e0000012"
          + "3133ff010064d8a40a000132"
          + "000000000000000000000000000000000000";

  private static final String REFUSED =
      LINK
          + "0800"
          + "45c000380001000040010000"
          + "0a630d0c0a63000b"
          + "03020000"
          + "00000000"
          + "45c0002000010000ff700000"
          + "0a63000b0a630d0c"
          + "0000000000000000";

  private static final String REFUSED_IPV6 =
      LINK
          + "86dd"
          + "6000000000383a40"
          + "fd990000000000000000000000000012fd990000000000000000000000000011"
          + "0401000000000006"
          + "60000000000870ff"
          + "fd990000000000000000000000000011fd990000000000000000000000000012"
          + "0000000000000000";

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }

  @Test
  void aPacketEndsWhereItsHeaderSays() {
    assertThat(TapCodec.read(bytes(ADVERT)))
        .isEqualTo(
            new SegmentTap.Packet(
                Family.IPV4, ip("10.0.1.1"), ip("224.0.0.18"), bytes("3133ff010064d8a40a000132")));
  }

  @Test
  void anIcmpErrorNamesWhoSaysItAndWhereThePacketWent() {
    assertThat(TapCodec.read(bytes(REFUSED)))
        .isEqualTo(
            new SegmentTap.Unreachable(Family.IPV4, ip("10.99.13.12"), ip("10.99.13.12"), 3, 2));
    assertThat(TapCodec.read(bytes(REFUSED_IPV6)))
        .isEqualTo(new SegmentTap.Unreachable(Family.IPV6, ip("fd99::12"), ip("fd99::12"), 4, 1));
  }

  @Test
  void anIcmpErrorAboutAnotherProtocolAndAnEchoAreNothing() {
    assertThat(TapCodec.read(bytes(REFUSED.replace("ff700000", "ff060000")))).isNull();
    assertThat(TapCodec.read(bytes(REFUSED.replace("03020000", "08000000")))).isNull();
  }

  @Test
  void everyPrefixIsReadOrIsNothing() {
    for (String whole : new String[] {ADVERT, REFUSED, REFUSED_IPV6}) {
      for (int length = 0; length <= whole.length(); length += 2) {
        SegmentTap.Seen seen = TapCodec.read(bytes(whole.substring(0, length)));
        assertThat(seen == null || length >= 2 * 34).isTrue();
      }
    }
  }
}
