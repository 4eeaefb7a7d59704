package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes written out by hand from cmsg(3), little-endian. */
class ControlMessageCodecTest {
  /** Arrival at 5 s and 7 ns, hop limit 255, destination ff02::12 on interface 3. */
  private static final String CONTROL =
      "20000000000000000100000023000000"
          + "05000000000000000700000000000000"
          + "14000000000000002900000034000000"
          + "ff00000000000000"
          + "24000000000000002900000032000000"
          + "ff020000000000000000000000000012"
          + "0300000000000000";

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void arrivalHopLimitAndDestinationAreFound() {
    ByteBuffer control = buffer(HexFormat.of().parseHex(CONTROL));
    assertThat(ControlMessageCodec.arrivalNanos(control, 96)).isEqualTo(5_000_000_007L);
    assertThat(ControlMessageCodec.hopLimit(control, 96)).isEqualTo(255);
    assertThat(ControlMessageCodec.destination(control, 96, new AddressCache()))
        .isEqualTo(InetAddress.ofLiteral("ff02::12"));
  }

  @Test
  void messagesBeyondTheTotalAreNotRead() {
    ByteBuffer control = buffer(HexFormat.of().parseHex(CONTROL));
    assertThat(ControlMessageCodec.arrivalNanos(control, 31)).isEqualTo(-1);
    assertThat(ControlMessageCodec.hopLimit(control, 32)).isEqualTo(-1);
    assertThat(ControlMessageCodec.destination(control, 91, new AddressCache())).isNull();
  }

  @Test
  void sourceToSendFromIsPacketInfo() {
    byte[] bytes = new byte[40];
    int length =
        ControlMessageCodec.writeSource(buffer(bytes), InetAddress.ofLiteral("fe80::1"), 3);
    assertThat(length).isEqualTo(40);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "24000000000000002900000032000000"
                + "fe800000000000000000000000000001"
                + "0300000000000000");
  }

  @Test
  void damagedControlMessagesNeverFail() {
    Random random = new Random(13);
    byte[] good = HexFormat.of().parseHex(CONTROL);
    AddressCache cache = new AddressCache();
    int found = 0;
    int missed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int total = random.nextInt(bytes.length + 1);
      ControlMessageCodec.arrivalNanos(buffer(bytes), total);
      ControlMessageCodec.destination(buffer(bytes), total, cache);
      if (ControlMessageCodec.hopLimit(buffer(bytes), total) < 0) {
        missed++;
      } else {
        found++;
      }
    }
    assertThat(found).isPositive();
    assertThat(missed).isPositive();
  }
}
