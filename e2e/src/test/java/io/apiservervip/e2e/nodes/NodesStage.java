package io.apiservervip.e2e.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import io.apiservervip.e2e.cluster.ApiCalls;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import io.apiservervip.e2e.cluster.TestCluster;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A cluster on three hosts: API servers, controllers, kubelets, and the images of this build. */
final class NodesStage implements AutoCloseable {
  static final String DOOR = "/apis/apiservervip.io/v1alpha1/apiservervips/door";
  static final String NAMESPACE = "apiserver-vip";

  private static final Path REPOSITORY =
      Path.of(System.getProperty("repository.root", "..")).toAbsolutePath().normalize();

  private final Lab lab;
  private final TestCluster cluster;
  private final ApiCalls api;
  private final Path kubeconfig;
  private final List<RealNode> nodes = new ArrayList<>();

  private NodesStage(Lab lab, TestCluster cluster) throws IOException {
    this.lab = lab;
    this.cluster = cluster;
    this.api = cluster.calls();
    this.kubeconfig = cluster.kubeconfig(lab.directory(), cluster.adminToken());
  }

  /** Everything but the chart; returns when the three nodes are ready. */
  static NodesStage start(Path assets) throws IOException, InterruptedException {
    Machine.run(600, REPOSITORY.resolve("images").toString(), "--no-build");
    Lab lab = Lab.open(3);
    try {
      NodesStage stage = new NodesStage(lab, TestCluster.whole(assets));
      try {
        stage.build(assets);
        return stage;
      } catch (IOException | InterruptedException | AssertionError e) {
        stage.close();
        throw e;
      }
    } catch (IOException | InterruptedException | AssertionError e) {
      lab.close();
      throw e;
    }
  }

  private void build(Path assets) throws IOException, InterruptedException {
    List<Path> images =
        List.of(
            PauseImage.write(lab.directory()),
            REPOSITORY.resolve("node-agent/target/image/node-agent.tar"),
            REPOSITORY.resolve("operator/target/image/operator.tar"));
    api.force(
        "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes",
        "kube-apiserver",
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: kubernetes, labels: {kubernetes.io/service-name: kubernetes}}
        addressType: IPv4
        endpoints: [{addresses: [10.99.0.11, 10.99.0.12, 10.99.0.13], conditions: {ready: true}}]
        ports: [{name: https, port: 6443}]
        """);
    for (Host host : lab.hosts()) {
      cluster.open(lab, host);
      api.force(
          "/api/v1/nodes/" + host,
          "test",
          """
          apiVersion: v1
          kind: Node
          metadata: {name: %1$s, labels: {kubernetes.io/hostname: %1$s, kubernetes.io/os: linux, node-role.kubernetes.io/control-plane: ""}}
          """
              .formatted(host));
    }
    for (Host host : lab.hosts()) {
      Path own = Files.createDirectories(lab.directory().resolve("node-" + host));
      Path credentials =
          cluster.kubeconfig(
              own.resolve("kubeconfig"), host.ipv4() + ":6443", cluster.adminToken());
      nodes.add(RealNode.start(host, own, assets.resolve("kubelet"), credentials, images));
    }
    for (Host host : lab.hosts()) {
      await("/api/v1/nodes/" + host, "ready", NodesStage::isReady, Duration.ofMinutes(2));
    }
  }

  private static boolean isReady(JsonNode node) {
    for (JsonNode condition : node.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  Lab lab() {
    return lab;
  }

  ApiCalls api() {
    return api;
  }

  List<RealNode> nodes() {
    return nodes;
  }

  /** The chart with a first resource. */
  void install(String tag) throws IOException {
    InstallCommand install = helm().install().withName(NAMESPACE);
    install
        .withNamespace(NAMESPACE)
        .createNamespace()
        .withValuesFile(values(tag))
        .withKubeConfig(kubeconfig)
        .call();
  }

  void upgrade(String tag) throws IOException {
    UpgradeCommand upgrade = helm().upgrade().withName(NAMESPACE);
    upgrade.withNamespace(NAMESPACE).withValuesFile(values(tag)).withKubeConfig(kubeconfig).call();
  }

  void uninstall() {
    Helm.uninstall(NAMESPACE).withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call();
  }

  private static Helm helm() {
    return new Helm(REPOSITORY.resolve("helm/apiserver-vip"));
  }

  private Path values(String tag) throws IOException {
    return Files.writeString(
        lab.directory().resolve("values.yaml"),
        """
        agent:
          image: {tag: "%s"}
          allowedImages: ["ghcr.io/apiserver-vip/node-agent:*"]
        vip:
          create: true
          name: door
          spec:
            addresses: ["10.99.0.50"]
            service: {enabled: true}
        """
            .formatted(tag));
  }

  /** The object once it is as wanted. */
  JsonNode await(String path, String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Answer answer = api.get(path);
    while (answer.code() != 200 || !is.test(answer.body())) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "%s: not %s in %s: %s%n%s%n%s"
                .formatted(path, wanted, patience, answer.body().toPrettyString(), pods(), said()));
      }
      TimeUnit.MILLISECONDS.sleep(100);
      answer = api.get(path);
    }
    return answer.body();
  }

  private String pods() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder(2000);
    for (JsonNode pod : api.get(podsPath("")).body().path("items")) {
      text.append(pod.at("/metadata/name").asText())
          .append(' ')
          .append(pod.path("status"))
          .append('\n');
    }
    return text.toString();
  }

  private String said() throws IOException {
    return nodes.isEmpty() ? "" : nodes.getFirst().said();
  }

  /** Unique ids of the agents' pods by node, those that end not among them. */
  Map<String, String> agents() throws IOException, InterruptedException {
    Map<String, String> agents = new TreeMap<>();
    for (JsonNode pod :
        api.get(podsPath("?labelSelector=apiservervip.io/vip%3Ddoor")).body().path("items")) {
      if (pod.at("/metadata/deletionTimestamp").isMissingNode()) {
        agents.put(pod.at("/spec/nodeName").asText(), pod.at("/metadata/uid").asText());
      }
    }
    return agents;
  }

  static String podsPath(String query) {
    return "/api/v1/namespaces/" + NAMESPACE + "/pods" + query;
  }

  /** The condition as "status reason: message". */
  static String condition(JsonNode vip, String type) {
    for (JsonNode condition : vip.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText()
            + " "
            + condition.path("reason").asText()
            + ": "
            + condition.path("message").asText();
      }
    }
    return "absent";
  }

  @Override
  public void close() throws IOException {
    for (RealNode node : nodes) {
      node.close();
    }
    cluster.close();
    lab.close();
  }
}
