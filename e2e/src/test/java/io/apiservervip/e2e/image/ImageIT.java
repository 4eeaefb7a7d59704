package io.apiservervip.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.apiservervip.e2e.cluster.TestCluster;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The images under containerd: names, size, and the programs with what their pods may do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageIT {
  private static final String ADDRESS = "10.99.0.50";

  /** By its name alone, as {@code kubectl exec POD -- node-agent status} has it. */
  private static final String AGENT = "node-agent";

  private static final String OPERATOR = "operator";
  private static final String CACHE_HAS_TO_FIT = "-XX:AOTMode=on";
  private static final String NO_CACHE = "-XX:AOTMode=off";

  /** Of two starts the shorter one counts: the machine may have been busy during the other. */
  private static final int ROUNDS = 2;

  private static final long PATIENCE_SECONDS = 60;

  private Images images;

  @SuppressWarnings("NullAway.Init") // JUnit calls load
  ImageIT() {}

  @BeforeAll
  void load() throws Exception {
    images = Images.load();
  }

  @AfterAll
  void remove() throws IOException {
    images.close();
  }

  @Test
  void namesAreThoseThatTheManifestsAskFor() throws Exception {
    String version =
        images.containerd().run(List.of(), images.agent().name(), AGENT, "--version").strip();
    String text = version.replace("node-agent ", "");
    assertThat(images.agent().name())
        .isEqualTo(images.agent().referenceName())
        .isEqualTo("ghcr.io/apiserver-vip/node-agent:" + text);
    assertThat(images.operator().name())
        .isEqualTo(images.operator().referenceName())
        .isEqualTo("ghcr.io/apiserver-vip/operator:" + text);
    assertThat(Images.ofDeployment()).isEqualTo("ghcr.io/apiserver-vip/operator:" + text);
  }

  @Test
  void bothShareBaseAndRuntimeAndStayBelow120Megabytes() throws Exception {
    assertThat(images.agent().layerDigests()).hasSize(3);
    assertThat(images.operator().layerDigests().subList(0, 2))
        .isEqualTo(images.agent().layerDigests().subList(0, 2));
    for (ImageArchive image : List.of(images.agent(), images.operator())) {
      assertThat(image.bytesWithoutBase(images.scratch())).isBetween(50_000_000L, 120_000_000L);
    }
  }

  @Test
  void labelsAndBillOfMaterialsSayWhatIsInside() throws Exception {
    for (ImageArchive image : List.of(images.agent(), images.operator())) {
      String name = image.configuration().at("/config/Labels").toString();
      assertThat(name)
          .contains("org.opencontainers.image.title", "org.opencontainers.image.version")
          .contains("\"org.opencontainers.image.licenses\":\"Apache-2.0\"");
      String program = image.equals(images.agent()) ? "node-agent" : "operator";
      String bill = "/opt/apiserver-vip/" + program + ".cdx.json";
      String said = images.containerd().run(List.of(), image.name(), "/bin/cat", bill);
      JsonNode parts = new JsonMapper().readTree(said).path("components");
      assertThat(parts.findValuesAsText("name"))
          .contains("jackson-databind", "netty-transport", "libc6", "libnftables1", "Java runtime");
      assertThat(parts.findValuesAsText("version")).noneMatch(String::isEmpty);
    }
  }

  @Test
  void manifestIsCheckedAndBecomesAStaticPodWithoutAnyRight() throws Exception {
    try (Lab lab = Lab.open(1)) {
      Path manifest = manifest(lab);
      List<String> options = new ArrayList<>(Images.ofOperator().options());
      options.addAll(bind(manifest, "/etc/apiserver-vip/vip.yaml", "ro"));
      assertThat(
              images
                  .containerd()
                  .run(
                      options,
                      images.agent().name(),
                      AGENT,
                      "check",
                      "--config",
                      "/etc/apiserver-vip/vip.yaml",
                      "--node",
                      "cp-1"))
          .contains(ADDRESS, "eth0");
      assertThat(
              images
                  .containerd()
                  .run(
                      options,
                      images.agent().name(),
                      AGENT,
                      "manifest",
                      "static-pod",
                      "--config",
                      "/etc/apiserver-vip/vip.yaml",
                      "--image",
                      images.agent().name()))
          .startsWith("# The agent of the ApiServerVip control-plane as a static pod")
          .contains("image: \"" + images.agent().name() + "\"");
    }
  }

  @Test
  void agentHoldsTheAddressWithTheDaemonSetsRightsAndLeavesOnSigterm() throws Exception {
    try (Lab lab = Lab.open(1)) {
      Host host = lab.hosts().getFirst();
      StatusPage page = new StatusPage(host.namespace(), 9870);
      Container agent = agent(lab, host, CACHE_HAS_TO_FIT);
      page.await("/status", "\"Active\"", agent);
      page.await("/readyz", "200 OK", agent);
      assertThat(lab.run(host, "ip", "-o", "address", "show", "eth0")).contains(ADDRESS + "/32");
      assertThat(lab.run(host, "nft", "list", "ruleset"))
          .contains("dport 6443")
          .contains(ADDRESS + ":16443");
      // bits 10, 12, 13 and 23: NET_BIND_SERVICE, NET_ADMIN, NET_RAW, SYS_NICE
      assertThat(agent.kernelSays("CapEff")).isEqualTo("0000000000803400");
      assertThat(agent.kernelSays("CapBnd")).isEqualTo("0000000000803400");
      assertThat(agent.kernelSays("NoNewPrivs")).isEqualTo("1");
      assertThat(agent.kernelSays("Seccomp")).isEqualTo("2");
      assertThat(agent.kernelSays("Uid")).isEqualTo("0 0 0 0");
      assertThat(Images.ofAgents().user()).isEqualTo("0");
      agent.terminate();
      assertThat(agent.awaitExit(PATIENCE_SECONDS)).as(agent.said()).isZero();
      assertThat(lab.run(host, "ip", "-o", "address", "show", "eth0")).doesNotContain(ADDRESS);
    }
  }

  @Test
  void cacheOfClassesShortensTheStart() throws Exception {
    long with = Long.MAX_VALUE;
    long without = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      with = Math.min(with, readyMillis(CACHE_HAS_TO_FIT));
      without = Math.min(without, readyMillis(NO_CACHE));
    }
    assertThat(with).isLessThan(without);
  }

  /**
   * From the program's first moment to the first good answer of {@code /readyz}; prints what it
   * took.
   */
  private long readyMillis(String flag) throws Exception {
    try (Lab lab = Lab.open(1)) {
      Host host = lab.hosts().getFirst();
      StatusPage page = new StatusPage(host.namespace(), 9870);
      Container agent = agent(lab, host, flag);
      agent.pid();
      long begun = System.nanoTime();
      page.await("/readyz", "200 OK", agent);
      long millis = (System.nanoTime() - begun) / 1_000_000;
      page.await("/status", "\"Active\"", agent);
      System.out.printf(
          "CAMPAIGN image of the agent (%s): ready after %d ms, resident %s%n",
          flag, millis, agent.kernelSays("VmRSS"));
      agent.terminate();
      assertThat(agent.awaitExit(PATIENCE_SECONDS)).as(agent.said()).isZero();
      return millis;
    }
  }

  private Container agent(Lab lab, Host host, String flags) throws IOException {
    PodRules rules = Images.ofAgents();
    assertThat(rules.mountPaths()).containsExactly("/var/lib/apiserver-vip", "/tmp");
    Path state = Files.createDirectory(lab.directory().resolve("state"));
    List<String> options = new ArrayList<>(rules.options());
    options.addAll(List.of("--with-ns", "network:/run/netns/" + host.namespace().name()));
    options.addAll(bind(state, "/var/lib/apiserver-vip", "rw"));
    options.addAll(bind(manifest(lab), "/etc/apiserver-vip/vip.yaml", "ro"));
    options.addAll(List.of("--env", "NODE_AGENT_OPTS=" + flags));
    return images
        .containerd()
        .start(
            options,
            images.agent().name(),
            AGENT,
            "run",
            "--config",
            "/etc/apiserver-vip/vip.yaml",
            "--node",
            host.node());
  }

  private static List<String> bind(Path from, String to, String mode) {
    return List.of("--mount", "type=bind,src=" + from + ",dst=" + to + ",options=rbind:" + mode);
  }

  private static Path manifest(Lab lab) throws IOException {
    return Files.writeString(
        lab.directory().resolve("vip.yaml"),
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec:
          addresses: ["10.99.0.50"]
          interface: eth0
          members:
            - {node: cp-1, addresses: ["10.99.0.11"], priority: 250}
          loadBalancer:
            listeners:
              - {name: apiserver, port: 6443, backendPort: 6443}
            backends: {source: Members}
        """);
  }

  @Test
  void operatorDoesAllOfItsWorkAsNobodyInParticular() throws Exception {
    PodRules rules = Images.ofOperator();
    assertThat(rules.user()).isEqualTo("65532");
    assertThat(rules.mountPaths()).containsExactly("/tmp");
    Containerd containerd = images.containerd();
    String image = images.operator().name();
    List<String> options = new ArrayList<>(rules.options());
    options.addAll(List.of("--env", "OPERATOR_OPTS=" + CACHE_HAS_TO_FIT));
    assertThat(containerd.run(options, image, OPERATOR, "--version")).startsWith("operator 1.");
    assertThat(containerd.run(options, image, OPERATOR, "crds"))
        .contains("apiservervips.apiservervip.io");
    containerd.run(options, image, OPERATOR, "rehearse");
  }

  @Test
  void operatorRunsAgainstAnApiServerAndLeavesOnSigterm() throws Exception {
    for (String flag : List.of(CACHE_HAS_TO_FIT, NO_CACHE)) {
      try (TestCluster cluster = TestCluster.start()) {
        int port = freePort();
        Container operator = operator(cluster, port, flag);
        operator.pid();
        long begun = System.nanoTime();
        new StatusPage(null, port).await("/readyz", "200 OK", operator);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        System.out.printf(
            "CAMPAIGN image of the operator (%s): ready after %d ms, resident %s%n",
            flag, millis, operator.kernelSays("VmRSS"));
        assertThat(operator.kernelSays("Uid")).isEqualTo("65532 65532 65532 65532");
        assertThat(operator.kernelSays("CapEff")).isEqualTo("0000000000000000");
        assertThat(operator.kernelSays("CapBnd")).isEqualTo("0000000000000000");
        assertThat(operator.kernelSays("NoNewPrivs")).isEqualTo("1");
        operator.terminate();
        assertThat(operator.awaitExit(PATIENCE_SECONDS)).isZero();
        assertThat(operator.said()).contains("operator ends", "controllers ended");
      }
    }
  }

  private Container operator(TestCluster cluster, int port, String flag) throws IOException {
    Path directory = Files.createTempDirectory(images.scratch(), "kube");
    Path authority = Files.copy(cluster.authority(), directory.resolve("ca.crt"));
    Path kubeconfig = cluster.kubeconfig(directory, cluster.adminToken());
    String text = Files.readString(kubeconfig);
    Files.writeString(kubeconfig, text.replace(cluster.authority().toString(), "/kube/ca.crt"));
    List<String> options = new ArrayList<>(Images.ofOperator().options());
    options.add("--net-host");
    options.addAll(bind(authority, "/kube/ca.crt", "ro"));
    options.addAll(bind(kubeconfig, "/kube/config", "ro"));
    options.addAll(List.of("--env", "KUBECONFIG=/kube/config", "--env", "OPERATOR_OPTS=" + flag));
    return images
        .containerd()
        .start(
            options,
            images.operator().name(),
            OPERATOR,
            "run",
            "--namespace=apiserver-vip",
            "--http-port=" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }
}
