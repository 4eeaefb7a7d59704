package io.apiservervip.agent.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.AdvertisementCodec;
import io.apiservervip.agent.vrrp.Cast;
import io.apiservervip.agent.vrrp.Family;
import io.apiservervip.agent.vrrp.Reception;
import io.apiservervip.agent.vrrp.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeMessageTest {
  private static final String TEXT =
      "\0".repeat(8)
          + """
          apiserver-vip preflight 1
          vip control-plane
          node cp-1
          multicast cp-2 cp-3
          unicast
          """;
  private static final ProbeMessage MESSAGE =
      new ProbeMessage(
          "control-plane",
          "cp-1",
          Map.of(Cast.MULTICAST, Set.of("cp-3", "cp-2"), Cast.UNICAST, Set.of()));

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isEightZerosAndWhatItSaysInWords() {
    assertThat(new String(MESSAGE.encode(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
    assertThat(ProbeMessage.decode(bytes(TEXT))).isEqualTo(MESSAGE);
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
                Family.IPV4, Nodes.ip("10.99.0.11"), Nodes.ip("224.0.0.18"), bytes(TEXT)))
        .isEqualTo(new Reception.Rejected(Rejection.BAD_VERSION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\0\0\0\0\0\0\0",
        "\0\0\0\0\0\0\0\0apiserver-vip preflight 2\nvip a\nnode b\nmulticast\nunicast\n",
        "\0\0\0\0\0\0\0\0apiserver-vip preflight 1\nvip a\nnode b\nunicast\nmulticast\n",
        "\0\0\0\0\0\0\0\0apiserver-vip preflight 1\nvip a\nnode b\n",
        "\0\0\0\0\0\0\0\0apiserver-vip preflight 1\nvip\nnode\nmulticast\nunicast\n",
        "\0\0\0\0\0\0\0\1apiserver-vip preflight 1\nvip a\nnode b\nmulticast\nunicast\n"
      })
  void anythingElseIsNone(String text) {
    assertThat(ProbeMessage.decode(bytes(text))).isNull();
  }

  @Test
  void anAdvertIsNone() {
    ByteBuffer advert =
        ByteBuffer.wrap(java.util.HexFormat.of().parseHex("3133ff010064d8a40a000132"));
    assertThat(ProbeMessage.decode(advert)).isNull();
  }
}
