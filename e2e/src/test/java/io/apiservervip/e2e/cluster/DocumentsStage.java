package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.OperatorStage.condition;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that the documents speak of: three control-plane nodes, cp-1 to cp-3, with an API
 * server each, and the door control-plane at 10.99.0.50. There are no kubelets and no controllers
 * but for namespaces: the operator runs from the first installation on, and outlives it, so that
 * the next one is quick; agents run from the beginning of a page, with empty disks, and wait for
 * their document.
 */
public final class DocumentsStage implements AutoCloseable {
  private static final String NAMESPACE = "apiserver-vip";
  private static final String VIP = KnownKind.PATH + "/control-plane";
  private static final String NODE = "/api/v1/nodes/cp-1";
  private static final String POD = "/api/v1/namespaces/apiserver-vip/pods/apiserver-vip-operator";
  private static final String POD_OF_OPERATOR =
      "{apiVersion: v1, kind: Pod, metadata: {name: apiserver-vip-operator},"
          + " spec: {containers: [{name: operator, image: operator}]}}";
  private static final String CONFIRMED =
      "{metadata: {annotations: {apiservervip.io/confirm-delete: \"true\"}}}";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Lab lab;
  private final LabCluster cluster;
  private final Path root;
  private final NamespaceEnd namespaces;
  private final List<LabProcess> agents = new ArrayList<>();
  private @Nullable String operator;

  private DocumentsStage(Lab lab, LabCluster cluster, Path root) {
    this.lab = lab;
    this.cluster = cluster;
    this.root = root;
    this.namespaces = NamespaceEnd.of(cluster.api(), NAMESPACE);
  }

  /** The cluster without an installation. */
  public static DocumentsStage open(Path root) throws IOException, InterruptedException {
    Lab lab = Lab.open(3);
    DocumentsStage stage = new DocumentsStage(lab, LabCluster.bare(lab, root), root);
    ApiCalls api = stage.cluster.api();
    api.force("/api/v1/namespaces/kube-system", "test", named("Namespace", "kube-system"));
    api.force(
        "/api/v1/namespaces/kube-system/configmaps/kubeadm-config",
        "test",
        named("ConfigMap", "kubeadm-config"));
    return stage;
  }

  private static String named(String kind, String name) {
    return "{apiVersion: v1, kind: %s, metadata: {name: %s}}".formatted(kind, name);
  }

  public Lab lab() {
    return lab;
  }

  public ApiCalls api() {
    return cluster.api();
  }

  public Path kubeconfig() throws IOException {
    return cluster.administrator();
  }

  /** What stands for /var/lib on the host. */
  public Path state(Host host) throws IOException {
    Path state = lab.directory().resolve("var-lib-" + host);
    Files.createDirectories(state.resolve(NAMESPACE));
    return state;
  }

  /** As before any installation; the operator, which still runs, puts its definition back. */
  public void bare() throws IOException, InterruptedException {
    agentsEnd();
    if (api().get(VIP).code() == 200) {
      api().merge(VIP, CONFIRMED);
      api().delete(VIP);
      gone(VIP);
    }
    for (String path : DeployManifests.paths(root)) {
      api().delete(path);
    }
    namespaces.empty();
    gone("/api/v1/namespaces/" + NAMESPACE);
    agents();
  }

  /** Everything installed and the door open. */
  public void installed() throws IOException, InterruptedException {
    if (api().get(VIP).code() != 200) {
      cluster.install();
      operator();
      api().force(VIP, "kubectl", KnownKind.manifest("control-plane", "service: {enabled: true}"));
    }
    agents();
    api().force(POD, "test", POD_OF_OPERATOR);
    cluster.await(VIP, "open", DocumentsStage::open, PATIENCE);
  }

  private static boolean open(JsonNode vip) {
    return condition(vip, "Ready").startsWith("True")
        && vip.at("/status/summary/agents").asText().equals("3/3");
  }

  /** What the Deployment makes run. */
  public void operator() throws IOException, InterruptedException {
    if (operator == null) {
      operator = "cp-2";
      cluster.operator(operator);
    }
  }

  /** The Deployment is gone. */
  public void operatorEnds() throws IOException, InterruptedException {
    if (operator != null) {
      cluster.end(operator);
      operator = null;
    }
  }

  /** What the DaemonSet makes run. */
  public void agents() throws IOException, InterruptedException {
    if (agents.isEmpty()) {
      for (Host host : lab.hosts()) {
        List<String> command = cluster.agent("control-plane", host, state(host).resolve(NAMESPACE));
        agents.add(lab.start(host, "agent-" + host, command, Capability.AGENT));
      }
    }
  }

  /** With their disks. */
  private void agentsEnd() throws IOException, InterruptedException {
    for (LabProcess agent : agents) {
      agent.kill();
    }
    agents.clear();
    for (Host host : lab.hosts()) {
      try (Stream<Path> left = Files.walk(state(host).resolve(NAMESPACE))) {
        for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Takes back what a page did to a node. */
  public void uncordon() throws IOException, InterruptedException {
    api().merge(NODE, "{spec: {unschedulable: false}}");
  }

  private void gone(String path) throws IOException, InterruptedException {
    cluster.await(path, "gone", object -> object.path("code").asInt() == 404, PATIENCE);
  }

  @Override
  public void close() throws IOException {
    namespaces.close();
    cluster.close();
    lab.close();
  }
}
