package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.OperatorStage.condition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What keeps agents from running and the operator from working stands in the conditions: pods that
 * do not start, and, where the server knows permissions, those that are missing.
 */
@ExtendWith(OneCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorTroubleIT {
  private static final String V = "trouble";
  private static final String PATH = KnownKind.PATH + "/" + V;
  private static final String ROLE =
      "/apis/rbac.authorization.k8s.io/v1/namespaces/apiserver-vip/roles/apiserver-vip-operator";
  private static final String CLUSTER_ROLE =
      "/apis/rbac.authorization.k8s.io/v1/clusterroles/apiserver-vip-operator";
  private static final String DEFINITION =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/apiservervips.apiservervip.io";

  private final TestCluster cluster;
  private final OperatorStage stage;
  private final ApiCalls api;
  private final AgentPodsByHand pods;

  OperatorTroubleIT(TestCluster cluster) throws IOException, InterruptedException {
    this.cluster = cluster;
    this.stage = OperatorStage.on(cluster);
    this.api = stage.api();
    this.pods = new AgentPodsByHand(stage, V);
  }

  @BeforeAll
  void theOperatorRuns() throws IOException {
    stage.operator();
  }

  @AfterAll
  void theOperatorEnds() throws IOException {
    stage.close();
  }

  @AfterEach
  void nothingIsLeft() throws IOException, InterruptedException {
    api.merge(PATH, "{metadata: {annotations: {apiservervip.io/confirm-delete: \"true\"}}}");
    api.delete(PATH);
    pods.end();
    stage.awaitGone(PATH);
  }

  @Test
  void anImageThatCannotBePulledIsToldWhenTheKubeletSaysSoAndTheOthersStay()
      throws IOException, InterruptedException {
    applied("agent: {resources: {requests: {memory: 100Mi}}}");
    threeRun();
    stage.await(PATH, "rolled out", vip -> !condition(vip, "Programmed").contains("Roll"));

    applied("agent: {resources: {requests: {memory: 110Mi}}}");
    stage.await(
        OperatorStage.DAEMON_SETS + V,
        "of the new template",
        set ->
            set.at("/spec/template/spec/containers/0/resources/requests")
                .toString()
                .contains("110"));
    pods.wanted();
    awaitTrue("the pod of cp-1 is replaced", () -> !pods.stands("cp-1"));
    pods.gone("cp-1");
    pods.make("cp-1");
    pods.waiting("cp-1", "ContainerCreating", "\"\"");
    programmed("still waiting", text -> text.contains("waiting for cp-1 (ContainerCreating)"));
    long said = System.nanoTime();
    pods.waiting("cp-1", "ErrImagePull", "'failed to pull image: not found'");
    String told = programmed("stopped", text -> text.startsWith("False RolloutStopped"));
    Duration after = Duration.ofNanos(System.nanoTime() - said);

    System.out.println("an image that cannot be pulled: told after " + after.toMillis() + " ms");
    assertThat(after).isLessThan(Duration.ofSeconds(10));
    assertThat(told)
        .contains("node cp-1: the agent does not start, pod apiserver-vip-trouble-cp-1, image ")
        .contains("ErrImagePull: failed to pull image: not found; correct spec.agent.image")
        .contains("the other nodes keep theirs");
    assertThat(pods.stands("cp-2")).isTrue();
    assertThat(pods.stands("cp-3")).isTrue();
    awaitTrue("an Event tells", () -> events("RolloutStopped") > 0);

    pods.ready("cp-1", Instant.now());
    awaitTrue("the roll-out goes on", () -> !pods.stands("cp-2"));
  }

  @TestFactory
  Stream<DynamicTest> podsThatAdmissionRefusesAreToldWithTheRemedy() {
    return real(
        "refused pods",
        "the mock knows no field selectors of Events",
        test("from the DaemonSet's Events", this::podsRefused));
  }

  private void podsRefused() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    JsonNode set = pods.wanted();
    refuse(set.at("/metadata/uid").asText());

    assertThat(programmed("stopped", text -> text.startsWith("False RolloutStopped")))
        .contains("3 of 3 pods cannot be made: Error creating: pods \"p\" is forbidden: violates")
        .contains("kubectl label namespace apiserver-vip pod-security.kubernetes.io/enforce=");
  }

  @Test
  void anAgentThatRunsAndDoesNotWriteIsTold() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    threeRun();

    assertThat(programmed("told", text -> text.startsWith("False StatusNotWritten")))
        .contains("The agents on cp-1, cp-2, cp-3 run and have written no status");
  }

  @TestFactory
  Stream<DynamicTest> aMissingPermissionIsToldInTheServersOwnWords() {
    return real(
        "missing permissions",
        "the mock knows none",
        test("to write DaemonSets", this::withoutDaemonSets),
        test("to delete pods", this::withoutPods),
        test("to list nodes", this::withoutNodes),
        test("to apply the definition", this::withoutDefinition),
        test("to write the status", this::withoutStatus),
        test("to use the Lease", this::withoutLease));
  }

  private DynamicTest test(String name, Body body) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            body.run();
          } finally {
            DeployManifests.install(api);
            nothingIsLeft();
          }
        });
  }

  private void withoutDaemonSets() throws IOException, InterruptedException {
    String daemonSets = "\"daemonsets\"],\"verbs\":[\"get\",\"list\",\"watch\"";
    String rules =
        rules(ROLE)
            .replaceFirst("(\"resources\":\\[)\"daemonsets.*?\\]\\}", "$1" + daemonSets + "]}");
    api.merge(ROLE, "{rules: " + rules + "}");
    applied("service: {enabled: false}");
    assertThat(programmed("told", text -> text.contains("cannot patch resource")))
        .startsWith(
            "False RolloutStopped: DaemonSet apiserver-vip/apiserver-vip-trouble was refused")
        .contains("grant it: apply the chart");
    DeployManifests.install(api);
    stage.await(OperatorStage.DAEMON_SETS + V, "there", object -> true);
  }

  private void withoutPods() throws IOException, InterruptedException {
    applied("agent: {resources: {requests: {memory: 100Mi}}}");
    threeRun();
    api.merge(ROLE, "{rules: " + rules(ROLE).replace("\"watch\",\"delete\"]", "\"watch\"]") + "}");
    applied("agent: {resources: {requests: {memory: 120Mi}}}");
    stage.await(
        OperatorStage.DAEMON_SETS + V,
        "of the new template",
        set ->
            set.at("/spec/template/spec/containers/0/resources/requests")
                .toString()
                .contains("120"));
    pods.wanted();
    assertThat(programmed("told", text -> text.contains("cannot delete resource")))
        .startsWith("False RolloutStopped: node cp-1: pod apiserver-vip-trouble-cp-1 cannot be");
  }

  private void withoutNodes() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    stage.await(PATH, "accepted", vip -> condition(vip, "Accepted").startsWith("True"));
    without(CLUSTER_ROLE, "nodes");
    stage.restart();
    String told = programmed("told", text -> text.startsWith("False OperatorHindered"));
    assertThat(told).contains("nodes is forbidden: User").contains("cannot list resource");
    assertThat(condition(api.get(PATH).body(), "Accepted")).startsWith("True");
    assertThat(stage.asked("/readyz"))
        .contains("not listed yet: nodes")
        .contains("nodes is forbidden");
    DeployManifests.install(api);
    programmed("as before", text -> !text.contains("OperatorHindered"));
  }

  private void withoutDefinition() throws IOException, InterruptedException {
    without(CLUSTER_ROLE, "customresourcedefinitions");
    stage.restart();
    awaitTrue(
        "told at /readyz",
        () ->
            stage
                .asked("/readyz")
                .startsWith("controllers have not begun yet: the definition cannot be applied: "));
    assertThat(stage.asked("/readyz"))
        .contains("customresourcedefinitions.apiextensions.k8s.io")
        .contains("grant it");
    DeployManifests.install(api);
    awaitTrue("it begins by itself", () -> stage.asked("/readyz").equals("ok\n"));
  }

  private void withoutStatus() throws IOException, InterruptedException {
    without(CLUSTER_ROLE, "apiservervips/status");
    applied("service: {enabled: false}");
    awaitTrue(
        "told at /readyz",
        () -> stage.asked("/readyz").matches("(?s)not allowed: .*cannot patch resource.*"));
    DeployManifests.install(api);
    stage.await(PATH, "accepted", vip -> condition(vip, "Accepted").startsWith("True"));
  }

  private void withoutLease() throws IOException, InterruptedException {
    without(ROLE, "leases");
    awaitTrue(
        "told at /readyz",
        () ->
            stage
                .asked("/readyz")
                .matches("(?s)the Lease has not been read yet: .*leases.*forbidden.*"));
    DeployManifests.install(api);
    awaitTrue("it leads again", () -> stage.asked("/readyz").equals("ok\n"));
  }

  @TestFactory
  Stream<DynamicTest> aDefinitionThatIsDeletedComesBack() {
    return real(
        "a deleted definition",
        "the mock keeps objects without one",
        test("without its resources", this::definitionDeleted));
  }

  /** This resource is not Ready, so that it may go with its definition. */
  private void definitionDeleted() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    stage.await(PATH, "accepted", vip -> condition(vip, "Accepted").startsWith("True"));
    String uid = api.get(DEFINITION).body().at("/metadata/uid").asText();
    api.delete(DEFINITION);
    stage.await(
        DEFINITION,
        "another one",
        crd ->
            !crd.at("/metadata/uid").asText().equals(uid)
                && crd.at("/status/conditions").toString().contains("\"Established\""));
    awaitTrue("the operator works", () -> stage.asked("/readyz").equals("ok\n"));
    assertThat(stage.asked("/metrics")).doesNotContain("vip=\"trouble\"");
    awaitTrue("the kind is served", () -> api.get(KnownKind.PATH).code() == 200);
    applied("service: {enabled: false}");
    stage.await(PATH, "accepted", vip -> condition(vip, "Accepted").startsWith("True"));
  }

  /** What only a real API server can answer; on the mock it is left out, and that is told. */
  private Stream<DynamicTest> real(String what, String why, DynamicTest... tests) {
    if (cluster.validates()) {
      return Stream.of(tests);
    }
    System.out.println(what + ": left out, " + why);
    return Stream.empty();
  }

  private interface Body {
    void run() throws IOException, InterruptedException;
  }

  private interface Sign {
    boolean seen() throws IOException, InterruptedException;
  }

  private void awaitTrue(String what, Sign sign) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (!sign.seen()) {
      assertThat(System.nanoTime()).as(what + "; " + stage.asked("/readyz")).isLessThan(end);
      Thread.sleep(100);
    }
  }

  /** Three pods that are ready, of the template as it stands. */
  private void threeRun() throws IOException, InterruptedException {
    pods.wanted();
    for (String node : new String[] {"cp-1", "cp-2", "cp-3"}) {
      pods.make(node);
      pods.ready(node, Instant.now().minusSeconds(25));
    }
  }

  private void refuse(String uid) throws IOException, InterruptedException {
    var answer =
        api.post(
            "/api/v1/namespaces/apiserver-vip/events",
            """
            {apiVersion: v1, kind: Event, metadata: {name: refused.1, namespace: apiserver-vip},
             involvedObject: {apiVersion: apps/v1, kind: DaemonSet, namespace: apiserver-vip,
               name: apiserver-vip-trouble, uid: "%s"},
             reason: FailedCreate, type: Warning, lastTimestamp: "%s", firstTimestamp: "%2$s",
             message: 'Error creating: pods "p" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)'}
            """
                .formatted(uid, Instant.now()));
    assertThat(answer.code()).as(answer.message()).isIn(200, 201);
  }

  private long events(String reason) throws IOException, InterruptedException {
    return api
        .get("/apis/events.k8s.io/v1/namespaces/default/events")
        .body()
        .findValuesAsText("reason")
        .stream()
        .filter(reason::equals)
        .count();
  }

  /** Takes all rules on a resource out of a role. */
  private void without(String role, String resource) throws IOException, InterruptedException {
    StringBuilder left = new StringBuilder(1000);
    for (JsonNode rule : api.get(role).body().path("rules")) {
      String text = rule.toString();
      String kept =
          text.replace("\"" + resource + "\",", "")
              .replace(",\"" + resource + "\"]", "]")
              .replace("[\"" + resource + "\"]", "[]");
      if (!kept.contains("\"resources\":[]")) {
        left.append(left.isEmpty() ? "" : ",").append(kept);
      }
    }
    var answer = api.merge(role, "{rules: [" + left + "]}");
    assertThat(answer.code()).as(answer.message()).isEqualTo(200);
  }

  private String rules(String role) throws IOException, InterruptedException {
    return api.get(role).body().path("rules").toString();
  }

  private String programmed(String wanted, Predicate<String> is)
      throws IOException, InterruptedException {
    return condition(
        stage.await(PATH, wanted, vip -> is.test(condition(vip, "Programmed"))), "Programmed");
  }

  private void applied(String... spec) throws IOException, InterruptedException {
    var answer = api.force(PATH, "user", KnownKind.manifest(V, spec));
    assertThat(answer.code()).as(answer.message()).isIn(200, 201);
  }
}
