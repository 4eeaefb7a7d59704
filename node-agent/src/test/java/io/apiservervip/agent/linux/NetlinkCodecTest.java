package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.router.InterfaceAddress;
import io.apiservervip.agent.router.LinkEvent;
import io.apiservervip.agent.router.VirtualAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes written out by hand from rtnetlink(7), little-endian. */
class NetlinkCodecTest {
  private static final String IPV4_PUT =
      "4c000000140005050700000000000000"
          + "022000fe03000000"
          + "080002000a630032080001000a630032"
          + "0800080000020000"
          + "1400060002000000020000000000000000000000"
          + "05000b0056000000";
  private static final InetAddress VIP = InetAddress.ofLiteral("10.99.0.50");

  @Test
  void ipv4AddressIsPutWithScopeHostLifetimeAndOurMark() {
    ByteBuffer request = NetlinkCodec.put(3, new VirtualAddress(VIP, 32), 2, 7);
    byte[] bytes = new byte[request.remaining()];
    request.get(0, bytes);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(IPV4_PUT);
  }

  @Test
  void ourAddressReadsAsOursAndNeverAsSource() {
    NetlinkReader reader = new NetlinkReader(buffer(HexFormat.of().parseHex(IPV4_PUT)));
    assertThat(reader.advance()).isTrue();
    assertThat(LinkMessageCodec.event(reader.type(), reader.payload()))
        .isEqualTo(new LinkEvent.AddressAdded(new InterfaceAddress(3, VIP, 32, true, false, true)));
    assertThat(reader.advance()).isFalse();
  }

  @Test
  void portLeavingItsBridgeIsNoInterfaceGone() {
    byte[] payload = new byte[16];
    payload[0] = 7;
    assertThat(LinkMessageCodec.event(NetlinkCodec.RTM_DELLINK, buffer(payload))).isNull();
    payload[0] = 0;
    assertThat(LinkMessageCodec.event(NetlinkCodec.RTM_DELLINK, buffer(payload)))
        .isEqualTo(new LinkEvent.InterfaceGone(0, ""));
  }

  @Test
  void damagedDatagramsNeverFail() {
    Random random = new Random(11);
    byte[] good = HexFormat.of().parseHex(IPV4_PUT + IPV4_PUT);
    int read = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      NetlinkReader reader =
          new NetlinkReader(buffer(bytes).limit(random.nextInt(bytes.length + 1)));
      while (reader.advance()) {
        for (int type = 16; type <= 21; type++) {
          read += LinkMessageCodec.event(type, reader.payload()) == null ? 0 : 1;
        }
        read += reader.errno() == 0 ? 0 : 1;
      }
    }
    assertThat(read).isPositive();
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
