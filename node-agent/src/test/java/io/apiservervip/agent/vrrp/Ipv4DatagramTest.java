package io.apiservervip.agent.vrrp;

import static io.apiservervip.agent.vrrp.Packets.buffer;
import static io.apiservervip.agent.vrrp.Packets.bytes;
import static io.apiservervip.agent.vrrp.Packets.ip;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4DatagramTest {
  private static final String G7 =
      "45c0002000010000ff70cf990a000101e0000012" + "3133ff010064d8a40a000132";

  @Test
  void readsTheFieldsOfAHeader() {
    ByteBuffer datagram = buffer(G7);
    assertThat(Ipv4Datagram.check(datagram)).isNull();
    assertThat(Ipv4Datagram.headerLength(datagram)).isEqualTo(20);
    assertThat(Ipv4Datagram.totalLength(datagram)).isEqualTo(32);
    assertThat(Ipv4Datagram.ttl(datagram)).isEqualTo(255);
    assertThat(Ipv4Datagram.source(datagram)).isEqualTo(ip("10.0.1.1"));
    assertThat(Ipv4Datagram.destination(datagram)).isEqualTo(ip("224.0.0.18"));
    assertThat(Ipv4Datagram.payload(datagram)).isEqualTo(buffer("3133ff010064d8a40a000132"));
  }

  @Test
  void paddingBehindTheTotalLengthIsIgnored() {
    ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(bytes(G7), 46));
    assertThat(Ipv4Datagram.check(padded)).isNull();
    assertThat(Ipv4Datagram.payload(padded)).isEqualTo(buffer("3133ff010064d8a40a000132"));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void optionsAreSkipped(int ihl) {
    int header = ihl * 4;
    byte[] datagram = new byte[header + 12];
    System.arraycopy(bytes(G7), 0, datagram, 0, 20);
    System.arraycopy(bytes(G7), 20, datagram, header, 12);
    datagram[0] = (byte) (0x40 | ihl);
    datagram[3] = (byte) datagram.length;
    ByteBuffer buffer = ByteBuffer.wrap(datagram);
    assertThat(Ipv4Datagram.check(buffer)).isNull();
    assertThat(Ipv4Datagram.payload(buffer)).isEqualTo(buffer("3133ff010064d8a40a000132"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 44, TOO_SHORT", // IHL 4
    "0, 40, TOO_SHORT", // IHL 0
    "0, 4f, TOO_SHORT", // IHL 15: header as long as the datagram and longer
    "0, 65, NOT_VRRP", // version 6
    "3, 21, TOO_SHORT", // total length one more than there is
    "2, ff, TOO_SHORT", // total length 65312
    "3, 1b, TOO_SHORT", // total length 27: no room for eight bytes of VRRP
    "3, 00, TOO_SHORT", // total length 0
    "6, 20, NOT_VRRP", // more fragments
    "7, 01, NOT_VRRP", // fragment offset 1
    "6, 1f, NOT_VRRP", // fragment offset high bits
    "9, 33, NOT_VRRP", // protocol 51
    "6, 40, ", // don't fragment
    "3, 1c, ", // total length 28: eight bytes of VRRP
  })
  void liesInTheHeaderAreFound(int offset, String value, Rejection expected) {
    byte[] datagram = bytes(G7);
    datagram[offset] = bytes(value)[0];
    assertThat(Ipv4Datagram.check(ByteBuffer.wrap(datagram))).isEqualTo(expected);
  }

  @Test
  void authenticationHeaderIsNotVrrp() {
    ByteBuffer g13 =
        buffer(
            "45c0004000010000ff33cfb60a000101e0000012"
                + "700400000a000101000000013b202a7b33f8e0a0c12558d3"
                + "2109640102016dc20a0001320000000000000000");
    assertThat(Ipv4Datagram.check(g13)).isEqualTo(Rejection.NOT_VRRP);
  }

  @Test
  void everyTruncationIsTooShort() {
    byte[] whole = bytes(G7);
    for (int length = 0; length < whole.length; length++) {
      assertThat(Ipv4Datagram.check(ByteBuffer.wrap(whole, 0, length)))
          .isEqualTo(Rejection.TOO_SHORT);
    }
  }

  @Test
  void readsFromTheBuffersPosition() {
    ByteBuffer shifted = buffer("ffffff" + G7).position(3);
    assertThat(Ipv4Datagram.check(shifted)).isNull();
    assertThat(Ipv4Datagram.source(shifted)).isEqualTo(ip("10.0.1.1"));
    assertThat(Ipv4Datagram.payload(shifted)).isEqualTo(buffer("3133ff010064d8a40a000132"));
  }
}
