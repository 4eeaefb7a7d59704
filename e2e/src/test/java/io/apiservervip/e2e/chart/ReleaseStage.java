package io.apiservervip.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import io.apiservervip.e2e.cluster.ApiCalls;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import io.apiservervip.e2e.cluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** A cluster of its own with one Node, the release, and the operator with the release's account. */
final class ReleaseStage implements AutoCloseable {
  static final String DOOR = "/apis/apiservervip.io/v1alpha1/apiservervips/door";
  static final String DEPLOYMENT =
      "/apis/apps/v1/namespaces/apiserver-vip/deployments/apiserver-vip-operator";
  static final String DAEMON_SET =
      "/apis/apps/v1/namespaces/apiserver-vip/daemonsets/apiserver-vip-door";
  static final String DOCUMENT = "/api/v1/namespaces/apiserver-vip/configmaps/apiserver-vip-door";

  static final String FORBIDDEN = "/apis/apiservervip.io/v1alpha1/apiservervips/forbidden";

  private static final String AGENT = "system:serviceaccount:apiserver-vip:apiserver-vip-agent";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final TestCluster cluster;
  private final ApiCalls api;
  private final Path folder;
  private final Path kubeconfig;
  private @Nullable Process operator;

  private ReleaseStage(TestCluster cluster, ApiCalls api, Path folder, Path kubeconfig) {
    this.cluster = cluster;
    this.api = api;
    this.folder = folder;
    this.kubeconfig = kubeconfig;
  }

  static ReleaseStage start() throws IOException, InterruptedException {
    TestCluster cluster = TestCluster.start();
    Path folder = Files.createTempDirectory("asvip-chart");
    ApiCalls api = cluster.calls();
    ReleaseStage stage =
        new ReleaseStage(cluster, api, folder, cluster.kubeconfig(folder, cluster.adminToken()));
    api.force(
        "/api/v1/nodes/cp-1",
        "test",
        "{apiVersion: v1, kind: Node, metadata: {name: cp-1, labels:"
            + " {node-role.kubernetes.io/control-plane: \"\"}}}");
    api.merge(
        "/api/v1/nodes/cp-1/status",
        "{status: {addresses: [{type: InternalIP, address: 192.0.2.21}]}}");
    return stage;
  }

  /** What the rendered objects refer to, which a dry run does not make. */
  void prepareForDryRun() throws IOException, InterruptedException {
    api.force(
        "/api/v1/namespaces/apiserver-vip",
        "kubectl",
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: apiserver-vip
          annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
        """);
    PrometheusKinds.define(api);
  }

  /** What kubectl says of these objects, warnings among it. */
  String dryRun(String yaml) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("rendered.yaml"), yaml);
    Path said = folder.resolve("kubectl.log");
    Process kubectl =
        new ProcessBuilder(
                "kubectl",
                "--kubeconfig=" + kubeconfig,
                "apply",
                "--dry-run=server",
                "--filename=" + file)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    Assertions.assertThat(kubectl.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return Files.readString(said);
  }

  /** With a first resource of these addresses. */
  Release install(String addresses) throws IOException {
    InstallCommand install = Chart.helm().install().withName(Chart.NAME);
    return install
        .withNamespace(Chart.NAME)
        .createNamespace()
        .withValuesFile(values(2, addresses))
        .withKubeConfig(kubeconfig)
        .call();
  }

  /** To three replicas, with all that is optional. */
  Release upgrade(String addresses) throws IOException, InterruptedException {
    PrometheusKinds.define(api);
    UpgradeCommand upgrade = Chart.helm().upgrade().withName(Chart.NAME);
    return upgrade
        .withNamespace(Chart.NAME)
        .withValuesFile(values(3, addresses))
        .set("metrics.serviceMonitor.enabled", "true")
        .set("metrics.prometheusRule.enabled", "true")
        .set("metrics.dashboard.enabled", "true")
        .withKubeConfig(kubeconfig)
        .call();
  }

  /** A second one beside the first. */
  Release installSecond() {
    InstallCommand install = Chart.helm().install().withName("second");
    return install.withNamespace("second").createNamespace().withKubeConfig(kubeconfig).call();
  }

  /** Path of the objects of a kind of the Prometheus operator. */
  static String monitoring(String plural) {
    return "/apis/" + PrometheusKinds.GROUP + "/v1/namespaces/apiserver-vip/" + plural;
  }

  /** A resource whose Service is wanted where the operator may not write. */
  void wantForbiddenService() throws IOException, InterruptedException {
    api.force(
        FORBIDDEN,
        "test",
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: forbidden}
        spec: {addresses: [], service: {enabled: true, namespace: kube-public}}
        """);
  }

  void uninstall() {
    Helm.uninstall(Chart.NAME).withNamespace(Chart.NAME).withKubeConfig(kubeconfig).call();
  }

  private Path values(int replicas, String addresses) throws IOException {
    return Files.writeString(
        folder.resolve("values.yaml"),
        """
        operator: {replicas: %d}
        agent: {image: {repository: registry.example/node-agent}}
        vip: {create: true, name: door, spec: {addresses: %s, service: {enabled: false}}}
        """
            .formatted(replicas, addresses));
  }

  /** With the arguments of the Deployment, but for the port, and a token of its account. */
  void startOperator() throws IOException, InterruptedException {
    Answer token =
        api.post(
            "/api/v1/namespaces/apiserver-vip/serviceaccounts/apiserver-vip-operator/token",
            "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}");
    Path own = Files.createDirectories(folder.resolve("operator"));
    Path credentials = cluster.kubeconfig(own, token.body().at("/status/token").asText());
    Stream<String> arguments =
        there(DEPLOYMENT)
            .at("/spec/template/spec/containers/0/args")
            .valueStream()
            .map(JsonNode::asText)
            .map(argument -> argument.startsWith("--http-port") ? "--http-port=0" : argument);
    String program = Path.of("../operator/target/dist/bin/operator").toRealPath().toString();
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of(program), arguments).toList())
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("log").toFile());
    builder.environment().put("KUBECONFIG", credentials.toString());
    operator = builder.start();
  }

  /** By SIGTERM. */
  void endOperator() throws InterruptedException {
    if (operator != null) {
      operator.destroy();
      if (!operator.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        operator.destroyForcibly().waitFor();
      }
      operator = null;
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return api.get(path);
  }

  /** The object, which must be there. */
  JsonNode there(String path) throws IOException, InterruptedException {
    Answer answer = api.get(path);
    Assertions.assertThat(answer.code()).as(path).isEqualTo(200);
    return answer.body();
  }

  /** The object once the text at this place of it is like this. */
  JsonNode await(String path, String place, String pattern)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = api.get(path);
    while (!answer.body().at(place).asText().matches(pattern)) {
      if (System.nanoTime() > end) {
        Assertions.fail(
            "%s has no %s like %s: %s%n%s",
            path,
            place,
            pattern,
            answer.body().toPrettyString(),
            Files.readString(folder.resolve("operator/log")));
      }
      TimeUnit.MILLISECONDS.sleep(100);
      answer = api.get(path);
    }
    return answer.body();
  }

  /** The agent of the Node publishes that it is Active. */
  Answer agentWrites() throws IOException, InterruptedException {
    return entry("cp-1");
  }

  Answer agentWritesForAnother() throws IOException, InterruptedException {
    return entry("cp-2");
  }

  Answer agentReads(String path) throws IOException, InterruptedException {
    return api.asAgent(AGENT, "cp-1").get(path);
  }

  private Answer entry(String node) throws IOException, InterruptedException {
    return api.asAgent(AGENT, "cp-1")
        .force(
            DOOR + "/status",
            "apiserver-vip-agent-" + node,
            """
            apiVersion: apiservervip.io/v1alpha1
            kind: ApiServerVip
            metadata: {name: door}
            status: {nodes: [{name: %s, role: Active, heartbeatTime: "%s", lastTransitionTime: "2026-11-20T22:30:00Z"}]}
            """
                .formatted(node, Instant.now()));
  }

  @Override
  public void close() throws IOException {
    try {
      endOperator();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cluster.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(ReleaseStage::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
