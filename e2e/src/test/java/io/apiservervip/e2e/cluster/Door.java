package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.OperatorStage.condition;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import io.apiservervip.e2e.router.Campaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;

/**
 * Three control-plane hosts with an API server and an agent on each, two operators, one
 * ApiServerVip called door. The conductor asks an API server of its own on the loopback.
 */
final class Door implements AutoCloseable {
  static final String ADDRESS = "10.99.0.50";
  static final String PATH = KnownKind.PATH + "/door";
  static final String SLICE =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/apiserver-ipv4-6443";

  private static final Path OPERATOR =
      Path.of(System.getProperty("repository.root", ".."), "operator/target/dist/bin/operator")
          .toAbsolutePath()
          .normalize();

  private final Lab lab;
  private final HolderWatch watch;
  private final TestCluster cluster;
  private final ApiCalls api;
  private final Map<String, ApiDoor> servers = new LinkedHashMap<>();
  private final Map<String, LabProcess> agents = new LinkedHashMap<>();
  private final Map<String, LabProcess> operators = new LinkedHashMap<>();

  private Door(Lab lab, HolderWatch watch, TestCluster cluster, ApiCalls api) {
    this.lab = lab;
    this.watch = watch;
    this.cluster = cluster;
    this.api = api;
  }

  /** Everything installed and running but for agents and the resource. */
  static Door open() throws IOException, InterruptedException {
    Lab lab = Lab.open(3);
    HolderWatch watch = lab.watch(ADDRESS);
    TestCluster cluster = TestCluster.start();
    Door door = new Door(lab, watch, cluster, cluster.calls());
    try {
      door.install();
    } catch (IOException | InterruptedException e) {
      door.close();
      throw e;
    }
    return door;
  }

  private void install() throws IOException, InterruptedException {
    KnownKind.install(api);
    DeployManifests.install(api);
    for (Host host : lab.hosts()) {
      servers.put(host.node(), cluster.open(lab, host));
      ClusterObjects.node(api, host.node(), host.ipv4());
    }
    ClusterObjects.apiServers(api, lab.hosts().stream().map(Host::ipv4).toList());
    operator("cp-2");
    operator("cp-3");
  }

  Lab lab() {
    return lab;
  }

  HolderWatch watch() {
    return watch;
  }

  ApiCalls api() {
    return api;
  }

  Host host(String node) {
    return lab.host(node);
  }

  ApiDoor server(String node) {
    return Objects.requireNonNull(servers.get(node), node);
  }

  List<ApiDoor> servers() {
    return new ArrayList<>(servers.values());
  }

  LabProcess agent(String node) {
    return Objects.requireNonNull(agents.get(node), node);
  }

  /** Starts an agent as its pod would run it: with the token of its node and the same disk. */
  LabProcess start(String node) throws IOException, InterruptedException {
    Host host = host(node);
    String token = token("apiserver-vip-agent", node);
    Path config =
        cluster.kubeconfig(
            lab.directory().resolve("agent-" + node + ".kubeconfig"),
            host.ipv4() + ":" + ApiDoor.PORT,
            token);
    List<String> command =
        List.of(
            "env",
            "KUBECONFIG=" + config,
            Campaign.agent().binary().toString(),
            "run",
            "--vip=door",
            "--node=" + node,
            "--state-dir=" + lab.directory().resolve("state-" + node));
    LabProcess agent = lab.start(host, "agent-" + node, command, Capability.AGENT);
    agents.put(node, agent);
    return agent;
  }

  /** Starts a replica of the operator on a host, which is also the first part of its identity. */
  void operator(String node) throws IOException, InterruptedException {
    Host host = host(node);
    Path config =
        cluster.kubeconfig(
            lab.directory().resolve("operator-" + node + ".kubeconfig"),
            host.ipv4() + ":" + ApiDoor.PORT,
            token("apiserver-vip-operator", ""));
    List<String> command =
        List.of("env", "KUBECONFIG=" + config, "HOSTNAME=" + node, OPERATOR.toString(), "run");
    operators.put(node, lab.start(host, "operator-" + node, command, Capability.ROOT));
  }

  /** The host whose operator leads. */
  String leader() throws IOException, InterruptedException {
    return api.get(OperatorStage.LEASE)
        .body()
        .at("/spec/holderIdentity")
        .asText()
        .replaceFirst("_.*", "");
  }

  LabProcess leading() throws IOException, InterruptedException {
    return Objects.requireNonNull(operators.get(leader()), "no operator leads");
  }

  /** The node whose API server the leading operator has said last that it uses. */
  String serverOfLeader() throws IOException, InterruptedException {
    String used =
        Files.readAllLines(leading().log()).reversed().stream()
            .filter(line -> line.contains("API server in use"))
            .findFirst()
            .orElseThrow()
            .replaceFirst(".*server=\"([0-9.]+):.*", "$1");
    return lab.hosts().stream()
        .filter(host -> host.ipv4().equals(used))
        .findFirst()
        .orElseThrow()
        .node();
  }

  /** Packets to the API server of the host vanish, from elsewhere. */
  void cut(String node) throws IOException {
    nft(
        node,
        "add table inet cut; add chain inet cut in { type filter hook input priority -300; };"
            + " add rule inet cut in iifname eth0 tcp dport 6443 drop");
  }

  void heal(String node) throws IOException {
    nft(node, "delete table inet cut");
  }

  private void nft(String node, String rules) throws IOException {
    lab.run(host(node), "nft", rules);
  }

  void apply(String... spec) throws IOException, InterruptedException {
    var answer = api.force(PATH, "user", KnownKind.manifest("door", spec));
    Assertions.assertThat(answer.code()).as(answer.message()).isIn(200, 201);
  }

  /** Waits until the resource is as wished, and returns how it is. */
  JsonNode await(String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    return await(PATH, wanted, is, patience);
  }

  JsonNode await(String path, String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    JsonNode last = api.get(path).body();
    while (!is.test(last)) {
      if (System.nanoTime() > end) {
        Assertions.fail("%s: not %s in %s: %s", path, wanted, patience, last.toPrettyString());
      }
      TimeUnit.MILLISECONDS.sleep(20);
      last = api.get(path).body();
    }
    return last;
  }

  /** Ready, with agents of all hosts. */
  JsonNode awaitReady(Duration patience) throws IOException, InterruptedException {
    return await(
        "ready with three agents",
        vip ->
            condition(vip, "Ready").startsWith("True")
                && vip.at("/status/summary/agents").asText().equals("3/3")
                && vip.at("/status/summary/backends").asText().equals("3/3"),
        patience);
  }

  /** The newest generation everywhere; before that an agent may have yet to begin anew. */
  JsonNode awaitEverywhere(Duration patience) throws IOException, InterruptedException {
    return await(
        "at the newest generation everywhere",
        vip ->
            vip.at("/status/nodes").size() == 3
                && vip.at("/status/nodes").findValuesAsText("observedGeneration").stream()
                    .allMatch(vip.at("/metadata/generation").asText()::equals),
        patience);
  }

  /** The entry of the node; a missing one if there is none. */
  static JsonNode entry(JsonNode vip, String node) {
    for (JsonNode entry : vip.at("/status/nodes")) {
      if (entry.path("name").asText().equals(node)) {
        return entry;
      }
    }
    return vip.path("none");
  }

  /** What the slice says of the API server of the host. */
  boolean ready(JsonNode slice, String node) {
    String address = host(node).ipv4();
    for (JsonNode endpoint : slice.path("endpoints")) {
      if (endpoint.at("/addresses/0").asText().equals(address)) {
        return endpoint.at("/conditions/ready").asBoolean();
      }
    }
    return false;
  }

  /** As its pod would have it; the mock asks nobody who he is. */
  private String token(String account, String node) throws IOException, InterruptedException {
    return cluster.validates() ? ClusterObjects.token(api, account, node) : cluster.adminToken();
  }

  @Override
  public void close() throws IOException {
    for (ApiDoor server : servers()) {
      server.close();
    }
    lab.close();
    cluster.close();
  }
}
