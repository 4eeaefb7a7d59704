package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiservervip.api.v1alpha1.Password;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Writing and strict reading of the agents' document. */
class AgentConfigCodecTest {
  private static final AgentConfig CONFIG =
      ConfigResolutionTest.config(Manifests.contract("vip-file-mode.yaml"));

  static List<Path> resolvable() {
    return Manifests.of("valid").stream()
        .filter(f -> ConfigResolution.read(Manifests.text(f)) instanceof Reading.Accepted)
        .toList();
  }

  @Test
  void documentOfTheContractIsReadBackEqual() {
    assertThat(AgentConfigCodec.read(AgentConfigCodec.write(CONFIG)))
        .isEqualTo(Reading.accepted(CONFIG));
  }

  @ParameterizedTest
  @MethodSource("resolvable")
  void eachResolvableManifestIsReadBackEqual(Path file) {
    AgentConfig config = ConfigResolutionTest.config(Manifests.text(file));
    assertThat(AgentConfigCodec.read(AgentConfigCodec.write(config)))
        .isEqualTo(Reading.accepted(config));
  }

  @Test
  void textIsPlain() {
    assertThat(AgentConfigCodec.write(CONFIG))
        .contains("advertisementInterval: \"100ms\"")
        .contains("address: \"10.99.0.50\"")
        .doesNotContain("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "transport: \"Multicast\" | transport: Broadcast | vrrp.group.transport: Broadcast is not one of the values of this field",
        "name: \"control-plane\" | # | name: is required",
        "rise: 2 | rise: [] | loadBalancer.listeners[0].healthCheck.rise: has the wrong type",
        "generation: 0 | generation: -1 | generation: -1 is negative",
        "priority: 237 | priority: 250 | members: priority 250 stands twice",
        "virtualRouterId: 50 | virtualRouterId: 300 | vrrp.group: virtualRouterId: 300 is not in 1..255",
        "advertisementInterval: \"100ms\" | advertisementInterval: \"1s5ms\" | vrrp.group:"
            + " advertisementInterval: 1s5ms is not in 10ms..40.95s in steps of 10ms (version 3)",
        "address: \"10.99.0.50\" | address: \"10.99.0.12\" | addresses: 10.99.0.12 is an address of"
            + " member cp-2"
      })
  void whatCannotBeIsRefused(String part, String other, String line) {
    String text = AgentConfigCodec.write(CONFIG);
    assertThat(text).contains(part);
    assertThat(lines(text.replaceFirst(part, other))).containsExactly(line);
  }

  @ParameterizedTest
  @CsvSource({"name", "health", "agent", "members", "transport", "prefixLength", "rise"})
  void missingFieldIsRefused(String field) {
    String json =
        AgentConfigCodec.write(CONFIG)
            .replaceFirst("(?m)^( *-? ?)" + field + ":", "$1other_" + field + ":");
    assertThat(json).contains("other_" + field);
    assertThat(lines(json)).hasSize(1);
  }

  @Test
  void unknownFieldIsRefused() {
    assertThat(lines(AgentConfigCodec.write(CONFIG) + "colour: red\n"))
        .containsExactly("colour: is not a known field");
  }

  @Test
  void passwordIsWrittenButNeverShown() {
    AgentConfig config =
        ConfigResolutionTest.config(
            Manifests.text(Path.of("src/test/resources/manifests/valid/v2-password.yaml")));
    assertThat(AgentConfigCodec.write(config)).contains("password: \"1111\"");
    assertThat(config.toString()).doesNotContain("1111").contains("hidden");
    assertThatThrownBy(() -> new Password("123456789")).hasMessageNotContaining("123456789");
  }

  private static List<String> lines(String text) {
    return switch (AgentConfigCodec.read(text)) {
      case Reading.Accepted<AgentConfig> accepted -> List.of();
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          problems.stream().map(Problem::line).toList();
    };
  }
}
