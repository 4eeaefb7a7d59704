package io.apiservervip.e2e.nodes;

import static io.apiservervip.e2e.nodes.NodesStage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import io.apiservervip.e2e.cluster.TestCluster;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.probe.TlsProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;

/**
 * A release on real nodes, from its installation to the end of its resource, with a client that
 * asks through the virtual address all the time.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealNodesIT {
  private static final String ADDRESS = "10.99.0.50";
  private static final List<String> PROGRAMS =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet");
  private static final String DEPLOYMENT =
      "/apis/apps/v1/namespaces/apiserver-vip/deployments/apiserver-vip-operator";
  private static final String DAEMON_SET =
      "/apis/apps/v1/namespaces/apiserver-vip/daemonsets/apiserver-vip-door";
  private static final String DEFINITION =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/apiservervips.apiservervip.io";
  private static final String AGENT = "ghcr.io/apiserver-vip/node-agent:";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Requests that may be under way when the address moves, at 40 a second on a busy machine. */
  private static final int AT_A_MOVE = 5;

  private @Nullable NodesStage stage;
  private @Nullable TlsProbe probe;

  @AfterAll
  void itEnds() throws IOException {
    if (probe != null) {
      probe.close();
    }
    if (stage != null) {
      stage.close();
    }
  }

  /** In this order, one on the other. */
  @TestFactory
  Stream<DynamicTest> aReleaseLivesOnRealNodes() throws IOException, InterruptedException {
    Path assets = assets();
    if (assets == null) {
      return Stream.empty();
    }
    long begun = System.nanoTime();
    NodesStage now = NodesStage.start(assets);
    stage = now;
    Step.tell("images and three nodes", "ready after " + since(begun));
    return Stream.of(
        test("an installation leads to Ready", () -> installed(now)),
        test("an upgrade rolls operator and agents", () -> upgraded(now)),
        test("the node of the Active is cut off", () -> cut(now)),
        test("an image that cannot be pulled is told", () -> badImage(now)),
        test("the removal of the release leaves the door", () -> removed(now)),
        test("another installation takes all of it over", () -> installedAgain(now)),
        test("a definition that is deleted waits for the door", () -> definition(now)),
        test("the deletion of the resource leaves nothing", () -> deleted(now)));
  }

  private static DynamicTest test(String name, Executable body) {
    return DynamicTest.dynamicTest(name, body);
  }

  /** Where all programs are; null, and said so, where one is missing. */
  private static @Nullable Path assets() {
    String folder = System.getenv(TestCluster.ASSETS);
    List<String> missing =
        folder == null
            ? PROGRAMS
            : PROGRAMS.stream()
                .filter(program -> !Files.isExecutable(Path.of(folder, program)))
                .toList();
    if (folder == null || !missing.isEmpty()) {
      System.out.println(
          "real nodes: left out, " + TestCluster.ASSETS + " names no folder with " + missing);
      return null;
    }
    return Path.of(folder);
  }

  private void installed(NodesStage stage) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    stage.install("");
    String helm = since(begun);
    door(stage, "ready", vip -> condition(vip, "Ready").startsWith("True"));
    String ready = since(begun);
    door(stage, "rolled out", vip -> condition(vip, "Programmed").startsWith("True"));
    Step.tell(
        "helm install",
        "Helm done after %s, Ready after %s, all agents after %s"
            .formatted(helm, ready, since(begun)));
    assertThat(stage.agents()).hasSize(3);
    TlsProbe client =
        TlsProbe.start(stage.lab().client().namespace(), ADDRESS, 6443, TlsProbe.Pace.GENTLE);
    probe = client;
    client.awaitCalm(Duration.ofMillis(200), Duration.ofSeconds(60));
    for (RealNode node : stage.nodes()) {
      Step.tell("resident memory, MB", String.join(", ", node.memory()));
    }
  }

  private void upgraded(NodesStage stage) throws IOException, InterruptedException {
    for (RealNode node : stage.nodes()) {
      node.tag(AGENT + "1.0.0", AGENT + "next");
    }
    Map<String, String> before = stage.agents();
    String active = active(stage);
    try (Step step = begin("helm upgrade", stage)) {
      stage.upgrade("next");
      stage.await(
          DAEMON_SET,
          "of the new image",
          set -> set.at("/spec/template/spec/containers/0/image").asText().equals(AGENT + "next"),
          PATIENCE);
      door(
          stage,
          "rolled out",
          vip -> condition(vip, "Programmed").startsWith("True") && replaced(stage, before));
      step.tell("all agents replaced");
      step.holds(AT_A_MOVE);
    }
    assertThat(active(stage)).isNotEqualTo(active);
  }

  private static boolean replaced(NodesStage stage, Map<String, String> before) {
    try {
      Map<String, String> now = stage.agents();
      return now.size() == 3 && before.values().stream().noneMatch(now::containsValue);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void cut(NodesStage stage) throws IOException, InterruptedException {
    String active = active(stage);
    Host host = stage.lab().host(active);
    try (Step step = begin("node cut off", stage)) {
      stage.lab().lanSwitch().blackhole(host);
      door(
          stage,
          "held elsewhere",
          vip ->
              !vip.at("/status/activeNode").isMissingNode()
                  && !vip.at("/status/activeNode").asText().equals(active));
      step.tell("another is Active in the resource");
      TimeUnit.SECONDS.sleep(5);
      step.holds(AT_A_MOVE);
    } finally {
      stage.lab().lanSwitch().pass(host);
    }
    door(
        stage,
        "whole again",
        vip ->
            vip.at("/status/readyAgents").asInt() == 3
                && condition(vip, "Ready").startsWith("True")
                && condition(vip, "SplitBrain").startsWith("False"));
  }

  private void badImage(NodesStage stage) throws IOException, InterruptedException {
    try (Step step = begin("image that cannot be pulled", stage)) {
      image(stage, "\"" + AGENT + "nowhere\"");
      JsonNode vip =
          stage.await(
              NodesStage.DOOR,
              "told",
              door -> condition(door, "Programmed").startsWith("False RolloutStopped"),
              Duration.ofSeconds(60));
      step.tell("told");
      System.out.println(condition(vip, "Programmed"));
      assertThat(condition(vip, "Programmed")).containsPattern("ErrImagePull|ImagePullBackOff");
      assertThat(condition(vip, "Ready")).startsWith("True");
      assertThat(vip.at("/status/readyAgents").asInt()).isGreaterThanOrEqualTo(2);
      image(stage, "null");
      door(stage, "as before", door -> condition(door, "Programmed").startsWith("True"));
      step.tell("back to normal");
      step.holds(0);
    }
  }

  private static void image(NodesStage stage, String image)
      throws IOException, InterruptedException {
    Answer answer = stage.api().merge(NodesStage.DOOR, "{spec: {agent: {image: " + image + "}}}");
    assertThat(answer.code()).as(answer.message()).isEqualTo(200);
  }

  private void removed(NodesStage stage) throws IOException, InterruptedException {
    Map<String, String> agents = stage.agents();
    try (Step step = begin("helm uninstall", stage)) {
      stage.uninstall();
      awaitGone(stage, DEPLOYMENT);
      stage.await(
          NodesStage.podsPath("?labelSelector=app.kubernetes.io/component%3Doperator"),
          "without operators",
          pods -> pods.path("items").isEmpty(),
          PATIENCE);
      step.tell("the operator's pods are gone");
      TimeUnit.SECONDS.sleep(30);
      step.holds(0);
    }
    assertThat(stage.agents()).isEqualTo(agents);
    for (String path :
        List.of(
            NodesStage.DOOR,
            DAEMON_SET,
            DEFINITION,
            "/apis/rbac.authorization.k8s.io/v1/clusterroles/apiserver-vip-agent",
            "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/apiserver-vip-agent")) {
      assertThat(stage.api().get(path).code()).as(path).isEqualTo(200);
    }
  }

  private void installedAgain(NodesStage stage) throws IOException, InterruptedException {
    Map<String, String> agents = stage.agents();
    String uid = stage.api().get(NodesStage.DOOR).body().at("/metadata/uid").asText();
    try (Step step = begin("helm install once more", stage)) {
      stage.install("next");
      stage.await(
          DEPLOYMENT, "ready", set -> set.at("/status/readyReplicas").asInt() == 2, PATIENCE);
      TimeUnit.SECONDS.sleep(5);
      door(
          stage,
          "looked after",
          vip ->
              condition(vip, "Programmed").startsWith("True")
                  && condition(vip, "Ready").startsWith("True"));
      step.tell("looked after again");
      step.holds(0);
    }
    assertThat(stage.agents()).isEqualTo(agents);
    assertThat(stage.api().get(NodesStage.DOOR).body().at("/metadata/uid").asText()).isEqualTo(uid);
  }

  /** Whoever confirms gets a new definition, and with the resource the door as it was. */
  private void definition(NodesStage stage) throws IOException, InterruptedException {
    Map<String, String> agents = stage.agents();
    JsonNode before = stage.api().get(NodesStage.DOOR).body();
    String uid = stage.api().get(DEFINITION).body().at("/metadata/uid").asText();
    try (Step step = begin("definition deleted", stage)) {
      stage.api().delete(DEFINITION);
      door(stage, "waiting", vip -> condition(vip, "Accepted").contains("the deletion waits"));
      step.tell("told");
      TimeUnit.SECONDS.sleep(10);
      step.holds(0);
    }
    assertThat(stage.agents()).isEqualTo(agents);
    long confirmed = System.nanoTime();
    confirm(stage);
    stage.await(
        DEFINITION,
        "a new one",
        crd ->
            !crd.at("/metadata/uid").asText().equals(uid)
                && crd.at("/status/conditions").toString().contains("Established"),
        PATIENCE);
    Step.tell("definition deleted, and that confirmed", "a new one after " + since(confirmed));
    String manifest =
        "{apiVersion: apiservervip.io/v1alpha1, kind: ApiServerVip, metadata: {name: door}, spec: "
            + before.path("spec")
            + "}";
    while (stage.api().force(NodesStage.DOOR, "kubectl", manifest).code() >= 300) {
      assertThat(System.nanoTime() - confirmed).isLessThan(PATIENCE.toNanos());
      TimeUnit.MILLISECONDS.sleep(200);
    }
    door(stage, "ready", vip -> condition(vip, "Ready").startsWith("True"));
    Step.tell(
        "definition deleted, and that confirmed",
        "with the resource applied again Ready after " + since(confirmed));
  }

  private static void confirm(NodesStage stage) throws IOException, InterruptedException {
    stage
        .api()
        .merge(
            NodesStage.DOOR,
            "{metadata: {annotations: {apiservervip.io/confirm-delete: \"true\"}}}");
  }

  private void deleted(NodesStage stage) throws IOException, InterruptedException {
    confirm(stage);
    long begun = System.nanoTime();
    stage.api().delete(NodesStage.DOOR);
    awaitGone(stage, NodesStage.DOOR);
    Step.tell("deletion", "gone after " + since(begun));
    for (String path :
        List.of(
            DAEMON_SET,
            "/api/v1/namespaces/apiserver-vip/configmaps/apiserver-vip-door",
            "/api/v1/namespaces/default/services/apiserver")) {
      awaitGone(stage, path);
    }
    assertThat(stage.agents()).isEmpty();
    for (Host host : stage.lab().hosts()) {
      assertThat(stage.lab().run(host, "ip", "-o", "address", "show")).doesNotContain(ADDRESS);
      assertThat(stage.lab().run(host, "nft", "list", "tables")).isBlank();
    }
  }

  private static JsonNode door(NodesStage stage, String wanted, Predicate<JsonNode> is)
      throws IOException, InterruptedException {
    return stage.await(NodesStage.DOOR, wanted, is, PATIENCE);
  }

  private static String active(NodesStage stage) throws IOException, InterruptedException {
    return stage.api().get(NodesStage.DOOR).body().at("/status/activeNode").asText();
  }

  private static void awaitGone(NodesStage stage, String path)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (stage.api().get(path).code() != 404) {
      assertThat(System.nanoTime()).as(path).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private Step begin(String name, NodesStage stage) throws IOException, InterruptedException {
    if (probe == null) {
      throw new AssertionError("no client asks: the installation failed");
    }
    return Step.begin(name, probe, stage.lab(), active(stage));
  }

  private static String since(long nanos) {
    return "%.1f s".formatted((System.nanoTime() - nanos) / 1e9);
  }
}
