package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts of one agent in cluster mode, each with an empty disk: how long, how much memory. */
final class AgentStarts {
  private static final String NODE = "cp-1";
  private static final String VIP = KnownKind.PATH + "/alone";
  private static final String DOCUMENT =
      "/api/v1/namespaces/apiserver-vip/configmaps/apiserver-vip-alone";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SETTLE = Duration.ofSeconds(20);

  private final TestCluster cluster;
  private final ApiCalls api;
  private final Lab lab;
  private final Path root;
  private final List<Long> millis = new ArrayList<>();
  private final List<Long> megabytes = new ArrayList<>();

  AgentStarts(TestCluster cluster, Lab lab, Path root) throws IOException {
    this.cluster = cluster;
    this.api = cluster.calls();
    this.lab = lab;
    this.root = root;
  }

  List<Long> millis() {
    return millis;
  }

  List<Long> megabytes() {
    return megabytes;
  }

  /** Has the operator write the document. */
  void prepare() throws IOException, InterruptedException {
    ClusterObjects.node(api, NODE, lab.host(NODE).ipv4());
    api.force(
        VIP,
        "bench",
        KnownKind.manifest("alone", "nodeSelector: {matchLabels: {kubernetes.io/hostname: cp-1}}"));
    api.await(
        DOCUMENT,
        "of " + NODE,
        document -> document.at("/data/config.yaml").asText().contains(NODE),
        PATIENCE);
  }

  void round(int number) throws IOException, InterruptedException {
    Host host = lab.host(NODE);
    Path config =
        cluster.kubeconfig(
            lab.directory().resolve("agent.kubeconfig"),
            host.ipv4() + ":" + ApiDoor.PORT,
            cluster.adminToken());
    Path program = root.resolve("node-agent/target/dist/bin/node-agent").toAbsolutePath();
    List<String> command =
        List.of(
            "env",
            "KUBECONFIG=" + config,
            program.toString(),
            "run",
            "--vip=alone",
            "--node=" + NODE,
            "--state-dir=" + lab.directory().resolve("state-" + number));
    Instant begun = Instant.now();
    LabProcess agent = lab.start(host, "agent-" + number, command, Capability.AGENT);
    api.await(VIP, "Active since " + begun, vip -> active(vip, begun), PATIENCE);
    millis.add(Duration.between(begun, Instant.now()).toMillis());
    TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
    megabytes.add(Memory.residentMegabytes(agent.pid()));
    agent.kill();
    TimeUnit.SECONDS.sleep(4);
  }

  private static boolean active(JsonNode vip, Instant since) {
    JsonNode entry = vip.at("/status/nodes/0");
    return entry.path("role").asText().equals("Active")
        && Instant.parse(entry.path("lastTransitionTime").asText()).isAfter(since);
  }
}
