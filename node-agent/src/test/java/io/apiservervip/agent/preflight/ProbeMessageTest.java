package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.AdvertisementCodec;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.Reception;
import io.apiservervip.agent.vrrp.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeMessageTest {
  private static final String TEXT =
      """
      apiserver-vip preflight 1
      vip control-plane
      node cp-1
      multicast cp-2 cp-3
      unicast
      """;
  private static final String HEADER = "0000000000002dea";
  private static final ProbeMessage MESSAGE =
      new ProbeMessage(
          "control-plane",
          "cp-1",
          Map.of(Cast.MULTICAST, Set.of("cp-3", "cp-2"), Cast.UNICAST, Set.of()));

  private static ByteBuffer bytes(String header, String text) {
    return ByteBuffer.wrap(
        HexFormat.of()
            .parseHex(header + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void isZerosAndAChecksumAndWhatItSaysInWords() {
    assertThat(ByteBuffer.wrap(MESSAGE.encode())).isEqualTo(bytes(HEADER, TEXT));
    assertThat(ProbeMessage.decode(bytes(HEADER, TEXT))).isEqualTo(MESSAGE);
  }

  @Test
  void tellsWhomItHearsInWhichWay() {
    assertThat(MESSAGE.hears("cp-2", Cast.MULTICAST)).isTrue();
    assertThat(MESSAGE.hears("cp-2", Cast.UNICAST)).isFalse();
    assertThat(MESSAGE.hears("cp-4", Cast.MULTICAST)).isFalse();
  }

  @Test
  void everyRouterDiscardsItByItsVersion() {
    assertThat(
            AdvertisementCodec.decode(
                Family.IPV4, Nodes.ip("10.99.0.11"), Nodes.ip("224.0.0.18"), bytes(HEADER, TEXT)))
        .isEqualTo(new Reception.Rejected(Rejection.BAD_VERSION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ffff|",
        "511f|apiserver-vip preflight 2\nvip a\nnode b\nmulticast\nunicast\n",
        "521f|apiserver-vip preflight 1\nvip a\nnode b\nunicast\nmulticast\n",
        "6cec|apiserver-vip preflight 1\nvip a\nnode b\n",
        "d3a1|apiserver-vip preflight 1\nvip\nnode\nmulticast\nunicast\n"
      })
  void anythingElseIsNone(String checksumAndText) {
    String header = "000000000000" + checksumAndText.substring(0, 4);
    assertThat(ProbeMessage.decode(bytes(header, checksumAndText.substring(5)))).isNull();
  }

  @Test
  void aWrongChecksumAndARouterIdAreNone() {
    assertThat(ProbeMessage.decode(bytes("0000000000000000", TEXT))).isNull();
    assertThat(ProbeMessage.decode(bytes("0001" + HEADER.substring(4), TEXT))).isNull();
    assertThat(ProbeMessage.decode(bytes("", ""))).isNull();
  }

  @Test
  void anAdvertIsNone() {
    ByteBuffer advert = ByteBuffer.wrap(HexFormat.of().parseHex("3133ff010064d8a40a000132"));
    assertThat(ProbeMessage.decode(advert)).isNull();
  }
}
