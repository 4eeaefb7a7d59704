package io.apiservervip.agent.vrrp;

import static io.apiservervip.agent.vrrp.Packets.buffer;
import static io.apiservervip.agent.vrrp.Packets.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
  @Test
  void sumsTheExampleOfRfc1071() {
    ByteBuffer example = buffer("0001f203f4f5f6f7");
    assertThat(InternetChecksum.sum(example, 0, 8)).isEqualTo(0x2ddf0);
    assertThat(InternetChecksum.field(0x2ddf0)).isEqualTo(0x220d);
  }

  @Test
  void oddLastByteIsTheHighHalfOfAWord() {
    assertThat(InternetChecksum.sum(buffer("000112"), 0, 3)).isEqualTo(0x1201);
  }

  @Test
  void headerOfAKnownDatagramIsIntact() {
    ByteBuffer header = buffer(Packets.G1_V2_NO_AUTH.header);
    assertThat(InternetChecksum.intact(InternetChecksum.sum(header, 0, 20))).isTrue();
    header.put(8, (byte) 254);
    assertThat(InternetChecksum.intact(InternetChecksum.sum(header, 0, 20))).isFalse();
  }

  @Test
  void longestDatagramDoesNotOverflow() {
    byte[] ones = new byte[65_534];
    Arrays.fill(ones, (byte) 0xff);
    int sum = InternetChecksum.sum(ByteBuffer.wrap(ones), 0, ones.length);
    assertThat(InternetChecksum.intact(sum)).isTrue();
  }

  @Test
  void pseudoHeadersOfBothFamiliesAreSums() {
    assertThat(PseudoHeader.sum(ip("10.0.1.1"), ip("224.0.0.18"), 12))
        .isEqualTo(0x0a00 + 0x0101 + 0xe000 + 0x0012 + 0x70 + 12);
    assertThat(PseudoHeader.sum(ip("fd00:1::1"), ip("ff02::12"), 24))
        .isEqualTo(0xfd00 + 0x0001 + 0x0001 + 0xff02 + 0x0012 + 0x70 + 24);
  }
}
