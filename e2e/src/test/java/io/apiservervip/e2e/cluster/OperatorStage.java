package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;

/** A test cluster with nodes, and the operator as built in this repository. No agents run. */
final class OperatorStage implements AutoCloseable {
  static final String DOCUMENTS = "/api/v1/namespaces/apiserver-vip/configmaps/apiserver-vip-";
  static final String DAEMON_SETS =
      "/apis/apps/v1/namespaces/apiserver-vip/daemonsets/apiserver-vip-";

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ApiCalls api;
  private final Path kubeconfig;
  private final Scratch scratch;
  private final List<ServerProcess> operators = new ArrayList<>();
  private int lastPort;

  private OperatorStage(ApiCalls api, Path kubeconfig, Scratch scratch) {
    this.api = api;
    this.kubeconfig = kubeconfig;
    this.scratch = scratch;
  }

  /**
   * Three control-plane nodes, cp-1 to cp-3, and the installed manifests. Their addresses are of
   * the range for documentation: nobody answers there.
   */
  static OperatorStage on(TestCluster cluster) throws IOException, InterruptedException {
    Scratch scratch = Scratch.named("asvip-operator");
    ApiCalls api = cluster.calls();
    KnownKind.install(api);
    DeployManifests.install(api);
    for (JsonNode left : api.get(KnownKind.PATH).body().path("items")) {
      api.delete(KnownKind.PATH + "/" + left.at("/metadata/name").asText());
    }
    // as its pod would have it, so that it has the installation's roles and no others
    String token =
        cluster.validates()
            ? ClusterObjects.token(api, "apiserver-vip-operator", "")
            : cluster.adminToken();
    OperatorStage stage =
        new OperatorStage(api, cluster.kubeconfig(scratch.directory(), token), scratch);
    for (int i = 1; i <= 3; i++) {
      stage.node("cp-" + i, "192.0.2.2" + i);
    }
    ClusterObjects.apiServers(api, List.of("192.0.2.21", "192.0.2.22", "192.0.2.23"));
    return stage;
  }

  ApiCalls api() {
    return api;
  }

  void node(String name, String address) throws IOException, InterruptedException {
    ClusterObjects.node(api, name, address);
  }

  /** Starts one more replica. */
  ServerProcess operator() throws IOException {
    Path binary = Path.of("../operator/target/dist/bin/operator").toAbsolutePath().normalize();
    String name = "operator-" + operators.size();
    lastPort = ServerProcess.freePort();
    Path own = Files.createDirectories(scratch.directory().resolve(name));
    ServerProcess operator =
        ServerProcess.start(
            List.of(
                "env",
                "KUBECONFIG=" + kubeconfig,
                "HOSTNAME=" + name,
                binary.toString(),
                "run",
                "--namespace=apiserver-vip",
                "--http-port=" + lastPort),
            own,
            name);
    operators.add(operator);
    return operator;
  }

  /** Ends the last replica without a word and starts another. */
  void restart() throws IOException {
    operators.removeLast().close();
    operator();
  }

  /** What the last replica answers on its HTTP port; empty: nothing. */
  String asked(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + lastPort + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns the object once it is as wanted; fails with the object as it is. */
  JsonNode await(String path, String wanted, Predicate<JsonNode> is)
      throws IOException, InterruptedException {
    return await(path, wanted, is, PATIENCE);
  }

  JsonNode await(String path, String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Answer answer = api.get(path);
    while (!(answer.code() == 200 && is.test(answer.body()))) {
      if (System.nanoTime() > end) {
        return Assertions.fail(
            "%s: not %s within %s: %s%n%s",
            path, wanted, patience, answer.body().toPrettyString(), operatorsSaid());
      }
      TimeUnit.MILLISECONDS.sleep(100);
      answer = api.get(path);
    }
    return answer.body();
  }

  void awaitGone(String path) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (api.get(path).code() != 404) {
      if (System.nanoTime() > end) {
        Assertions.fail("%s: still there%n%s", path, operatorsSaid());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private String operatorsSaid() throws IOException {
    StringBuilder said = new StringBuilder();
    for (ServerProcess operator : operators) {
      said.append(operator.said());
    }
    return said.toString();
  }

  /** The condition of the type, as "status reason: message". */
  static String condition(JsonNode vip, String type) {
    for (JsonNode condition : vip.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return "%s %s: %s"
            .formatted(
                condition.path("status").asText(),
                condition.path("reason").asText(),
                condition.path("message").asText());
      }
    }
    return "absent";
  }

  static String document(JsonNode configMap) {
    return configMap.at("/data/config.yaml").asText();
  }

  @Override
  public void close() throws IOException {
    operators.forEach(ServerProcess::close);
    scratch.close();
  }
}
