package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.bench.Machine;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the operator needs where the cluster is large, and both programs to start, as a table. */
@Command(
    name = "bench/operator",
    mixinStandardHelpOptions = true,
    description = {
      "The operator with many nodes and resources, and operator and agent at their start:",
      "time and memory. Against the mock API server, or a real one where KUBEBUILDER_ASSETS",
      "names a folder with etcd and kube-apiserver."
    })
public final class OperatorBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SETTLE = Duration.ofSeconds(20);
  private static final int FIRST_PORT = 20_000;
  private static final int FIRST_VRID = 100;
  private static final int SUBNET = 250;

  private static final String NAMESPACE =
      "{apiVersion: v1, kind: Namespace, metadata: {name: apiserver-vip}}";
  private static final String DOCUMENTS =
      "/api/v1/namespaces/apiserver-vip/configmaps?labelSelector=apiservervip.io/vip";
  private static final int MEMBERS = 3;
  private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

  @Option(names = "--nodes", defaultValue = "500", description = "nodes (${DEFAULT-VALUE})")
  int nodes;

  @Option(names = "--vips", defaultValue = "20", description = "resources (${DEFAULT-VALUE})")
  int vips;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "starts, and changes of a node (${DEFAULT-VALUE})")
  int rounds;

  @Option(names = "--root", hidden = true, defaultValue = ".")
  Path root = Path.of(".");

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new OperatorBench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Machine machine = new Machine();
    try (Scratch scratch = Scratch.named("asvip-bench");
        TestCluster cluster = TestCluster.start()) {
      cluster.calls().force("/api/v1/namespaces/apiserver-vip", "bench", NAMESPACE);
      System.out.println("| what | median | worst |\n|---|---|---|");
      starts(cluster, scratch);
      crowd(cluster, scratch);
      agents(cluster, scratch);
      System.out.println(machine.describe(cluster.validates() ? "kube-apiserver" : "mock"));
    }
    return 0;
  }

  private OperatorRun operator(TestCluster cluster, Scratch scratch) throws IOException {
    return OperatorRun.start(
        root.resolve("operator/target/dist/bin/operator"),
        cluster.kubeconfig(scratch.directory(), cluster.adminToken()),
        scratch.directory());
  }

  private void starts(TestCluster cluster, Scratch scratch)
      throws IOException, InterruptedException {
    List<Long> times = new ArrayList<>();
    List<Long> memory = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      cluster.calls().delete(LabCluster.LEASE);
      try (OperatorRun operator = operator(cluster, scratch)) {
        times.add(operator.ready().toMillis());
        TimeUnit.SECONDS.sleep(2);
        memory.add(operator.residentMegabytes());
      }
    }
    row("operator: exec to leading with all lists, ms", times);
    row("operator: RSS without resources, MB", memory);
  }

  private void crowd(TestCluster cluster, Scratch scratch)
      throws IOException, InterruptedException {
    ApiCalls api = cluster.calls();
    System.err.printf("making %d nodes and %d resources%n", nodes, vips);
    KnownKind.install(api);
    for (int i = 1; i <= nodes; i++) {
      ClusterObjects.node(api, "n-" + i, "10.99." + (1 + i / SUBNET) + "." + (i % SUBNET + 1));
      if (i > MEMBERS) {
        api.merge("/api/v1/nodes/n-" + i, "{metadata: {labels: {" + CONTROL_PLANE + ": null}}}");
      }
    }
    ClusterObjects.apiServers(api, List.of("10.99.1.2", "10.99.1.3", "10.99.1.4"));
    for (int i = 0; i < vips; i++) {
      api.force(KnownKind.PATH + "/door-" + i, "bench", manifest(i));
    }
    api.delete(LabCluster.LEASE);
    try (OperatorRun operator = operator(cluster, scratch)) {
      operator.ready();
      String size = nodes + " nodes, " + vips + " resources";
      documents(api, "\"10.99.1.3\"");
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        String address = "10.99.200." + (i + 1);
        long begun = System.nanoTime();
        ClusterObjects.node(api, "n-2", address);
        documents(api, '"' + address + '"');
        times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        TimeUnit.SECONDS.sleep(2);
      }
      row(size + ": a node's address changed, all documents written, ms", times);
      TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
      row(size + ": operator's RSS, MB", List.of(operator.residentMegabytes()));
    }
  }

  private static String manifest(int i) {
    int port = FIRST_PORT + 10 * i;
    return """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: door-%d}
        spec:
          addresses: ["10.98.0.%d"]
          vrrp: {virtualRouterId: %d}
          service: {enabled: true, name: apiserver-%d}
          agent: {statusPort: %d}
          loadBalancer: {listeners: [{name: api, port: %d, backendPort: 6443}]}
        """
        .formatted(i, FIRST_VRID + i, FIRST_VRID + i, i, port + 1, port + 2);
  }

  /** Waits until the documents of all resources hold the text. */
  private void documents(ApiCalls api, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int seen = 0;
    while (seen < vips) {
      if (System.nanoTime() > end) {
        throw new IOException(seen + " of " + vips + " documents have " + text);
      }
      TimeUnit.MILLISECONDS.sleep(20);
      seen = 0;
      for (JsonNode document : api.get(DOCUMENTS).body().path("items")) {
        seen += document.at("/data/config.yaml").asText().contains(text) ? 1 : 0;
      }
    }
  }

  /** One agent, alone in its group; the operator writes its document. */
  private void agents(TestCluster cluster, Scratch scratch)
      throws IOException, InterruptedException {
    try (Lab lab = Lab.open(1);
        ApiDoor door = cluster.open(lab, lab.host("cp-1"));
        OperatorRun operator = operator(cluster, scratch)) {
      door.kill();
      door.reopen();
      operator.ready();
      AgentStarts starts = new AgentStarts(cluster, lab, root);
      starts.prepare();
      for (int i = 0; i < rounds; i++) {
        starts.round(i);
      }
      row("agent in cluster mode: exec to Active in the resource, ms", starts.millis());
      row("agent in cluster mode: RSS after 20 s, MB", starts.megabytes());
    }
  }

  private static void row(String what, List<Long> figures) {
    List<Long> sorted = figures.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT, "| %s | %d | %d |%n", what, sorted.get(sorted.size() / 2), sorted.getLast());
  }
}
