package io.apiservervip.agent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.bootstrap.HostsText.Changed;
import io.apiservervip.agent.bootstrap.HostsText.Foreign;
import io.apiservervip.agent.bootstrap.HostsText.Same;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTextTest {
  private static final String HOST = "api.lab";

  @Test
  void aNameIsAddedAtTheEnd() {
    assertThat(HostsText.point("127.0.0.1 localhost\n", HOST, "10.99.0.11"))
        .isEqualTo(new Changed("127.0.0.1 localhost\n10.99.0.11 api.lab # apiserver-vip\n"));
  }

  @Test
  void ourLineIsReplacedWhereItStands() {
    assertThat(
            HostsText.point(
                "10.99.0.11 api.lab # apiserver-vip\n::1 localhost\n", HOST, "10.99.0.50"))
        .isEqualTo(new Changed("10.99.0.50 api.lab # apiserver-vip\n::1 localhost\n"));
  }

  @Test
  void whatStandsAsWishedIsNotWritten() {
    assertThat(HostsText.point("10.99.0.11 api.lab # apiserver-vip\n", HOST, "10.99.0.11"))
        .isEqualTo(new Same());
  }

  @Test
  void ofSeveralLinesOfOursOneIsLeft() {
    assertThat(
            HostsText.point(
                "10.99.0.11 api.lab # apiserver-vip\n::1 a\n10.99.0.12\tAPI.lab  #apiserver-vip \n",
                HOST,
                "10.99.0.12"))
        .isEqualTo(new Changed("10.99.0.12 api.lab # apiserver-vip\n::1 a\n"));
  }

  @Test
  void linesOfOtherNamesAreNobodysBusiness() {
    String others =
        "10.99.0.11 api.lab.example other # apiserver-vip\n10.99.0.12 my-api.lab\n# 1.2.3.4 api.lab\n";
    assertThat(HostsText.foreign(others, HOST)).isNull();
    assertThat(HostsText.target(others, HOST)).isNull();
    assertThat(HostsText.point(others, HOST, "10.99.0.11"))
        .isEqualTo(new Changed(others + "10.99.0.11 api.lab # apiserver-vip\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.99.0.9 api.lab",
        "\t10.99.0.9\tother  API.LAB\t",
        "10.99.0.9 api.lab # kept by hand",
        "10.99.0.9 api.lab # apiserver-vip-2",
        "10.99.0.9 api.lab#\r"
      })
  void foreignLineWithTheNameIsFound(String line) {
    assertThat(HostsText.foreign("::1 localhost\n" + line + "\n", HOST))
        .isEqualTo(new Foreign(2, line.strip()));
  }

  @Test
  void targetIsWhereOurLinePoints() {
    assertThat(HostsText.target("\n 10.99.0.11  api.lab # apiserver-vip\n", HOST))
        .isEqualTo("10.99.0.11");
    assertThat(HostsText.target("10.99.0.11 api.lab\n", HOST)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "127.0.0.1 localhost",
        "127.0.0.1 localhost\n",
        "127.0.0.1 localhost\r\n\r\n",
        "# M\u00fcller\n\n\n\t::1\tlocalhost ip6-localhost # apiserver-vip \n#",
        "\u0000\u00ff\n10.99.0.12 other # apiserver-vip"
      })
  void everyOtherByteStaysWhateverIsDone(String text) {
    String pointed = changed(HostsText.point(text, HOST, "10.99.0.11"));
    String moved = changed(HostsText.point(pointed, HOST, "fd99::50"));
    for (String now : List.of(pointed, moved)) {
      assertThat(now.endsWith("\n")).isEqualTo(text.isEmpty() || text.endsWith("\n"));
      assertThat(now.lines().filter(line -> line.contains(" api.lab # apiserver-vip"))).hasSize(1);
      assertThat(changed(HostsText.remove(now, HOST))).isEqualTo(text);
    }
    assertThat(HostsText.target(moved, HOST)).isEqualTo("fd99::50");
    assertThat(HostsText.remove(text, HOST)).isEqualTo(new Same());
  }

  private static String changed(HostsText.Outcome outcome) {
    return switch (outcome) {
      case Changed(String text) -> text;
      case Same _ -> throw new AssertionError("nothing has changed");
    };
  }
}
