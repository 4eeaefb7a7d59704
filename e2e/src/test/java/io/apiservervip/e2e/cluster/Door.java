package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.OperatorStage.condition;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;

/**
 * Three control-plane hosts with an API server and an agent on each, two operators, one
 * ApiServerVip called door.
 */
final class Door implements AutoCloseable {
  static final String ADDRESS = "10.99.0.50";
  static final String PATH = KnownKind.PATH + "/door";
  static final String SLICE =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/apiserver-ipv4-6443";

  private static final Path REPOSITORY =
      Path.of(System.getProperty("repository.root", "..")).toAbsolutePath().normalize();

  private final Lab lab;
  private final HolderWatch watch;
  private final LabCluster cluster;
  private final Map<String, LabProcess> agents = new LinkedHashMap<>();

  private Door(Lab lab, HolderWatch watch, LabCluster cluster) {
    this.lab = lab;
    this.watch = watch;
    this.cluster = cluster;
  }

  /** Everything installed and running but for agents and the resource. */
  static Door open() throws IOException, InterruptedException {
    Lab lab = Lab.open(3);
    HolderWatch watch = lab.watch(ADDRESS);
    LabCluster cluster = LabCluster.on(lab, REPOSITORY);
    cluster.operator("cp-2");
    cluster.operator("cp-3");
    return new Door(lab, watch, cluster);
  }

  Lab lab() {
    return lab;
  }

  HolderWatch watch() {
    return watch;
  }

  LabCluster cluster() {
    return cluster;
  }

  ApiCalls api() {
    return cluster.api();
  }

  Host host(String node) {
    return lab.host(node);
  }

  LabProcess agent(String node) {
    return Objects.requireNonNull(agents.get(node), node);
  }

  /** Starts an agent; its disk is the same each time. */
  void start(String node) throws IOException, InterruptedException {
    Host host = host(node);
    List<String> command = cluster.agent("door", host, lab.directory().resolve("state-" + node));
    agents.put(node, lab.start(host, "agent-" + node, command, Capability.AGENT));
  }

  /** The node whose API server the leading operator has said last that it uses. */
  String serverOfLeader() throws IOException, InterruptedException {
    String used =
        Files.readAllLines(cluster.leading().log()).reversed().stream()
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
    var answer = api().force(PATH, "user", KnownKind.manifest("door", spec));
    Assertions.assertThat(answer.code()).as(answer.message()).isIn(200, 201);
  }

  /** Waits until the resource is as wished, and returns how it is. */
  JsonNode await(String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    return await(PATH, wanted, is, patience);
  }

  JsonNode await(String path, String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    return cluster.await(path, wanted, is, patience);
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

  @Override
  public void close() throws IOException {
    cluster.close();
    lab.close();
  }
}
