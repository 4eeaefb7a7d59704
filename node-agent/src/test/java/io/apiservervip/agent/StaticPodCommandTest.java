package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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

class StaticPodCommandTest {
  private static final String MANIFEST =
      """
      apiVersion: apiservervip.io/v1alpha1
      kind: ApiServerVip
      metadata: {name: control-plane}
      spec:
        addresses: ["10.99.0.50"]
        members:
          - {node: cp-1, addresses: [10.99.0.11], priority: 250}
          - {node: cp-2, addresses: [10.99.0.12], priority: 237}
        loadBalancer:
          backends: {source: Members}
      """;

  @TempDir private Path temporary;
  private Path dir;
  private Path file;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @SuppressWarnings("NullAway.Init") // JUnit calls write
  StaticPodCommandTest() {}

  @BeforeEach
  void write() throws IOException {
    dir = temporary.toRealPath();
    file = Files.writeString(dir.resolve("vip.yaml"), MANIFEST);
  }

  @Test
  void podRunsTheManifestWithTheKubeletsNodeName() throws IOException {
    JsonNode pod = printed("");
    assertThat(pod.at("/metadata/name").asText()).isEqualTo("apiserver-vip-control-plane");
    assertThat(pod.at("/metadata/namespace").asText()).isEqualTo("kube-system");
    JsonNode agent = pod.at("/spec/containers/0");
    assertThat(agent.path("image").asText()).isEqualTo("registry.example:5000/node-agent:1.0.0");
    assertThat(agent.path("args"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "run", "--config", "/etc/apiserver-vip/vip.yaml", "--node", "$(NODE_NAME)");
    assertThat(agent.at("/env/0/valueFrom/fieldRef/fieldPath").asText()).isEqualTo("spec.nodeName");
    assertThat(agent.path("resources")).isEmpty();
    assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(45);
    assertThat(agent.at("/livenessProbe/httpGet/port").asInt()).isEqualTo(9870);
  }

  @Test
  void directoryOfTheManifestIsMountedReadOnly() throws IOException {
    JsonNode pod = printed("");
    assertThat(pod.at("/spec/volumes/0/name").asText()).isEqualTo("config");
    assertThat(pod.at("/spec/volumes/0/hostPath/path").asText()).isEqualTo(dir.toString());
    assertThat(pod.at("/spec/volumes/0/hostPath/type").asText()).isEqualTo("Directory");
    JsonNode mount = pod.at("/spec/containers/0/volumeMounts/0");
    assertThat(mount.path("name").asText()).isEqualTo("config");
    assertThat(mount.path("mountPath").asText()).isEqualTo("/etc/apiserver-vip");
    assertThat(mount.path("readOnly").asBoolean()).isTrue();
  }

  @Test
  void manifestBehindALinkIsMountedWhereItReallyIs() throws IOException {
    Path real = Files.createDirectory(dir.resolve("with space"));
    Files.move(file, real.resolve("real: one.yaml"));
    Files.createSymbolicLink(file, real.resolve("real: one.yaml"));
    JsonNode pod = printed("");
    assertThat(pod.at("/spec/volumes/0/hostPath/path").asText()).isEqualTo(dir + "/with space");
    assertThat(pod.at("/spec/containers/0/args/2").asText())
        .isEqualTo("/etc/apiserver-vip/real: one.yaml");
  }

  @Test
  void settingsOfTheManifestReachThePod() throws IOException {
    Files.writeString(
        file,
        MANIFEST
            + """
                drainTimeout: 1m
              agent:
                statusPort: 9970
                imagePullPolicy: Never
                resources: {requests: {memory: 128Mi, cpu: 100m}}
            """);
    JsonNode pod = printed("");
    JsonNode agent = pod.at("/spec/containers/0");
    assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(75);
    assertThat(agent.at("/livenessProbe/httpGet/port").asInt()).isEqualTo(9970);
    assertThat(agent.at("/readinessProbe/httpGet/port").asInt()).isEqualTo(9970);
    assertThat(agent.path("imagePullPolicy").asText()).isEqualTo("Never");
    assertThat(agent.path("resources"))
        .hasToString("{\"requests\":{\"cpu\":\"100m\",\"memory\":\"128Mi\"}}");
  }

  @Test
  void withoutProxyThereIsNothingToDrain() throws IOException {
    Files.writeString(
        file, MANIFEST.replace("    backends: {source: Members}\n", "    mode: None\n"));
    assertThat(printed("").at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(15);
  }

  @Test
  void nodeThatIsNamedHasToBeAMember() throws IOException {
    assertThat(printed(" --node cp-2").isObject()).isTrue();
    assertThat(execute(" --node cp-9")).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("spec.members: has no node cp-9 (members: cp-1, cp-2)");
  }

  @Test
  void faultOfTheManifestIsALineAndNoPod() throws IOException {
    for (String text :
        List.of(
            MANIFEST.replace("priority: 237", "priority: 250"),
            MANIFEST.replace("source: Members", "source: Static, static: [{address: 10.99.0.50}]"),
            "a: b")) {
      Files.writeString(file, text);
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
      assertThat(execute("")).as(text).isEqualTo(1);
      assertThat(out.toString()).isEmpty();
      assertThat(err.toString().lines()).isNotEmpty().noneMatch(line -> line.contains("Exception"));
    }
    Files.delete(file);
    err.getBuffer().setLength(0);
    assertThat(execute("")).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains(file.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest",
        "manifest pod",
        "manifest static-pod --image i",
        "manifest static-pod --config f",
        "manifest static-pod --config f --image \"",
        "manifest static-pod --config f --image -i"
      })
  void wrongUseIsOneLineAndExitStatusTwo(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).allMatch(l -> l.startsWith("node-agent: "));
    assertThat(out.toString()).isEmpty();
  }

  private JsonNode printed(String more) throws IOException {
    out.getBuffer().setLength(0);
    assertThat(execute(more)).as(err.toString()).isZero();
    assertThat(err.toString()).isEmpty();
    return new YAMLMapper().readTree(out.toString());
  }

  private int execute(String more) {
    String line =
        "manifest static-pod --config " + file + " --image registry.example:5000/node-agent:1.0.0";
    return run((line + more).split(" ", -1));
  }

  private int run(String... arguments) {
    Programs nothing =
        new Programs((path, node) -> new ConfigLoader.Refused(List.of()), options -> 1);
    return NodeAgentCommand.commandLine(
            nothing, new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }
}
