package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A cluster on a lab's hosts with this project installed: an API server on each, nodes, manifests,
 * and operators where they are started. Agents are started by hand: there is no kubelet. Who
 * conducts asks an API server of his own on the loopback.
 */
public final class LabCluster implements AutoCloseable {
  /** The Lease of the operators. */
  static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/apiserver-vip/leases/apiserver-vip-operator";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Lab lab;
  private final TestCluster cluster;
  private final ApiCalls api;
  private final Path root;
  private final boolean installed;
  private final Map<String, ApiDoor> servers = new LinkedHashMap<>();
  private final Map<String, LabProcess> operators = new LinkedHashMap<>();

  private LabCluster(Lab lab, TestCluster cluster, ApiCalls api, Path root, boolean installed) {
    this.lab = lab;
    this.cluster = cluster;
    this.api = api;
    this.root = root;
    this.installed = installed;
  }

  /**
   * Installs everything; no operator runs yet.
   *
   * @param root the repository, built
   */
  public static LabCluster on(Lab lab, Path root) throws IOException, InterruptedException {
    return on(lab, root, true);
  }

  /**
   * With nothing of this project's installed, so that who tests may do it. Operators and agents
   * have the administrator's permissions: their accounts come and go.
   */
  static LabCluster bare(Lab lab, Path root) throws IOException, InterruptedException {
    return on(lab, root, false);
  }

  private static LabCluster on(Lab lab, Path root, boolean installed)
      throws IOException, InterruptedException {
    TestCluster cluster = TestCluster.start();
    LabCluster made = new LabCluster(lab, cluster, cluster.calls(), root, installed);
    try {
      made.prepare();
    } catch (IOException | InterruptedException e) {
      made.close();
      throw e;
    }
    return made;
  }

  private void prepare() throws IOException, InterruptedException {
    if (installed) {
      install();
    }
    for (Host host : lab.hosts()) {
      servers.put(host.node(), cluster.open(lab, host));
      ClusterObjects.node(api, host.node(), host.ipv4());
    }
    ClusterObjects.apiServers(api, lab.hosts().stream().map(Host::ipv4).toList());
  }

  /** The definition and the plain manifests. */
  void install() throws IOException, InterruptedException {
    KnownKind.install(api);
    DeployManifests.install(api, root);
  }

  public ApiCalls api() {
    return api;
  }

  /** What kind of API server it is. */
  public String name() {
    return cluster.name();
  }

  ApiDoor server(String node) {
    return Objects.requireNonNull(servers.get(node), node);
  }

  List<ApiDoor> servers() {
    return new ArrayList<>(servers.values());
  }

  /** Starts a replica of the operator on a host, whose name is the first part of its identity. */
  public void operator(String node) throws IOException, InterruptedException {
    Host host = lab.host(node);
    Path program = root.resolve("operator/target/dist/bin/operator");
    List<String> command =
        List.of(
            "env",
            "KUBECONFIG=" + kubeconfig("apiserver-vip-operator", host, ""),
            "HOSTNAME=" + node,
            program.toString(),
            "run");
    operators.put(node, lab.start(host, "operator-" + node, command, Capability.ROOT));
  }

  /** Ends the replica of the host and forgets it. */
  void end(String node) throws IOException, InterruptedException {
    Objects.requireNonNull(operators.remove(node), node).kill();
  }

  /** The host whose operator leads; empty: none. */
  String leader() throws IOException, InterruptedException {
    JsonNode lease = api.get(LEASE).body();
    return lease.at("/spec/holderIdentity").asText().replaceFirst("_.*", "");
  }

  LabProcess leading() throws IOException, InterruptedException {
    return Objects.requireNonNull(operators.get(leader()), "no operator leads");
  }

  /**
   * Applies a resource with the address 10.99.0.50 and the defaults; returns once its document is
   * there.
   */
  public void resource(String name) throws IOException, InterruptedException {
    api.force(
        KnownKind.PATH + "/" + name,
        "kubectl",
        KnownKind.manifest(name, "service: {enabled: true}"));
    await(
        "/api/v1/namespaces/apiserver-vip/configmaps/apiserver-vip-" + name,
        "there",
        document -> document.path("kind").asText().equals("ConfigMap"),
        PATIENCE);
  }

  /** The command of an agent as its pod would run it: with the token of its node. */
  List<String> agent(String vip, Host host, Path state) throws IOException, InterruptedException {
    return List.of(
        "env",
        "KUBECONFIG=" + kubeconfig("apiserver-vip-agent", host, host.node()),
        root.resolve("node-agent/target/dist/bin/node-agent").toString(),
        "run",
        "--vip=" + vip,
        "--node=" + host.node(),
        "--state-dir=" + state);
  }

  /** A kubeconfig of the administrator who asks the server on the loopback. */
  Path administrator() throws IOException {
    return cluster.kubeconfig(lab.directory(), cluster.adminToken());
  }

  /** Whether it is a real API server. */
  boolean validates() {
    return cluster.validates();
  }

  /** The mock asks nobody who he is. */
  private Path kubeconfig(String account, Host host, String node)
      throws IOException, InterruptedException {
    String token =
        installed && cluster.validates()
            ? ClusterObjects.token(api, account, node)
            : cluster.adminToken();
    return cluster.kubeconfig(
        lab.directory().resolve(account + "-" + host + ".kubeconfig"),
        host.ipv4() + ":" + ApiDoor.PORT,
        token);
  }

  /** Waits until the object is as wished, and returns it; an {@link AssertionError} otherwise. */
  public JsonNode await(String path, String wanted, Predicate<JsonNode> is, Duration patience)
      throws IOException, InterruptedException {
    return api.await(path, wanted, is, patience);
  }

  @Override
  public void close() throws IOException {
    for (ApiDoor server : servers()) {
      server.close();
    }
    cluster.close();
  }
}
