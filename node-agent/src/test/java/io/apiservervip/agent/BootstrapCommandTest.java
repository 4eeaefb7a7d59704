package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapCommandTest {
  private static final String MANIFEST =
      """
      apiVersion: apiservervip.io/v1alpha1
      kind: ApiServerVip
      metadata: {name: control-plane}
      spec:
        addresses: ["192.0.2.50"]
        members: [{node: cp-1, addresses: [192.0.2.11], priority: 250}]
        loadBalancer: {backends: {source: Members}, healthCheck: {timeout: 100ms}}
        nodeLocal: {hostsEntry: api.lab}
      """;

  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(dir.resolve("vip.yaml"), MANIFEST);
    Files.writeString(dir.resolve("hosts"), "::1 localhost\n");
  }

  @Test
  void withNobodyThatAnswersItEndsInTimeWithALineAndTheFileAsItWas() throws IOException {
    assertThat(execute("--timeout 700ms --node cp-1")).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("node-agent: not done within 700ms: 192.0.2.11:6443: ")
        .contains("; 192.0.2.50:6443: ")
        .endsWith("; " + dir.resolve("hosts") + " has no line for api.lab");
    assertThat(Files.readString(dir.resolve("hosts"))).isEqualTo("::1 localhost\n");
  }

  @Test
  void foreignLineWithTheNameIsAFaultAtOnce() throws IOException {
    Files.writeString(dir.resolve("hosts"), "::1 localhost\n192.0.2.9 api.lab\n");
    assertThat(execute("--timeout 1h")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "node-agent: "
                + dir.resolve("hosts")
                + ", line 2, has api.lab already: \"192.0.2.9 api.lab\"; remove it, this command"
                + " writes its own"
                + System.lineSeparator());
  }

  @Test
  void removeTakesOurLineAwayAndNoOther() throws IOException {
    Path hosts = dir.resolve("hosts");
    Files.writeString(hosts, "192.0.2.11 api.lab # apiserver-vip\n192.0.2.9 b # apiserver-vip\n");
    assertThat(execute("--remove")).isZero();
    assertThat(Files.readString(hosts)).isEqualTo("192.0.2.9 b # apiserver-vip\n");
    assertThat(execute("--remove")).isZero();
    assertThat(execute("--remove --host b")).isZero();
    assertThat(Files.readString(hosts)).isEmpty();
    assertThat(out.toString().lines())
        .containsExactly(
            "api.lab is removed from " + hosts,
            hosts + " has no line of ours for api.lab",
            "b is removed from " + hosts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--host Api.lab",
        "--host a_b",
        "--timeout 5",
        "--timeout 0s",
        "--wait-for-vip",
        "--wait-for-vip=perhaps",
        "now"
      })
  void wrongUseIsOneLineAndExitStatusTwo(String arguments) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).allMatch(l -> l.startsWith("node-agent: "));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void nameThatNobodyGaveIsAskedFor() throws IOException {
    Files.writeString(
        dir.resolve("vip.yaml"), MANIFEST.replace("  nodeLocal: {hostsEntry: api.lab}\n", ""));
    assertThat(execute("--remove")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("node-agent: missing --host NAME, for the manifest has no spec.nodeLocal");
  }

  @Test
  void faultOfTheManifestIsALine() throws IOException {
    Files.writeString(dir.resolve("vip.yaml"), MANIFEST.replace("members", "memberz"));
    assertThat(execute("")).isEqualTo(1);
    assertThat(err.toString().lines()).isNotEmpty().allMatch(line -> line.startsWith("spec."));
  }

  private int execute(String arguments) {
    String line =
        "bootstrap --config " + dir.resolve("vip.yaml") + " --hosts-file " + dir.resolve("hosts");
    String all = arguments.isEmpty() ? line : line + " " + arguments;
    Programs nothing =
        new Programs((path, node) -> new ConfigLoader.Refused(List.of()), options -> 1);
    return NodeAgentCommand.commandLine(
            nothing, new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all.split(" ", -1));
  }
}
