package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.OperatorStage.DAEMON_SETS;
import static io.apiservervip.e2e.cluster.OperatorStage.DOCUMENTS;
import static io.apiservervip.e2e.cluster.OperatorStage.condition;
import static io.apiservervip.e2e.cluster.OperatorStage.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operator makes of a resource and of what happens around it, agents being absent. */
@ExtendWith(OneCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorFlowsIT {
  private static final String V = "flow";
  private static final String PATH = KnownKind.PATH + "/" + V;

  private final OperatorStage stage;
  private final ApiCalls api;

  OperatorFlowsIT(TestCluster cluster) throws IOException, InterruptedException {
    this.stage = OperatorStage.on(cluster);
    this.api = stage.api();
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
    for (String vip : new String[] {V, "younger"}) {
      api.merge(
          KnownKind.PATH + "/" + vip,
          "{metadata: {annotations: {apiservervip.io/confirm-delete: \"true\"}}}");
      api.delete(KnownKind.PATH + "/" + vip);
      stage.awaitGone(KnownKind.PATH + "/" + vip);
    }
    api.delete("/api/v1/nodes/cp-4");
    stage.node("cp-3", "192.0.2.23");
  }

  @Test
  void aResourceBecomesADocumentAndADaemonSet() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    String document = document(documentThat("names three members", text -> members(text) == 3));
    assertThat(document).contains("10.99.0.50").contains("cp-1").contains("cp-2").contains("cp-3");
    JsonNode set = stage.await(DAEMON_SETS + V, "there", object -> true);
    assertThat(set.at("/metadata/ownerReferences/0/kind").asText()).isEqualTo("ApiServerVip");
    assertThat(set.at("/spec/template/spec/hostNetwork").asBoolean()).isTrue();
    JsonNode vip = accepted();
    assertThat(vip.at("/status/observedGeneration").asInt()).isEqualTo(1);
    assertThat(vip.at("/status/virtualRouterId").asInt()).isEqualTo(50);
  }

  @Test
  void anEditReachesTheDocument() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    documentThat("names three members", text -> members(text) == 3);
    applied("service: {enabled: false}", "vrrp: {virtualRouterId: 77}");
    assertThat(document(documentThat("has the new id", text -> text.contains("77")))).isNotEmpty();
    stage.await(PATH, "at generation 2", vip -> vip.at("/status/observedGeneration").asInt() == 2);
  }

  @Test
  void nodesComeAndGo() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    documentThat("names three members", text -> members(text) == 3);
    stage.node("cp-4", "192.0.2.24");
    documentThat("names four members", text -> members(text) == 4);
    api.force(
        PATH + "/status",
        "apiserver-vip-agent-cp-4",
        KnownKind.status(
            V, "{nodes: [{name: cp-4, role: Backup, heartbeatTime: \"2026-11-20T22:30:00Z\"}]}"));
    api.delete("/api/v1/nodes/cp-4");
    documentThat("names three members", text -> members(text) == 3);
    stage.await(
        PATH,
        "without the entry of cp-4",
        vip -> !vip.at("/status/nodes").findValuesAsText("name").contains("cp-4"));
  }

  @Test
  void ofTwoWithOneAddressTheOlderWorks() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    accepted();
    api.apply(
        KnownKind.PATH + "/younger",
        "user",
        KnownKind.manifest("younger", "service: {enabled: false}"));
    JsonNode younger =
        stage.await(
            KnownKind.PATH + "/younger",
            "refused",
            vip -> condition(vip, "Accepted").startsWith("False"));
    assertThat(condition(younger, "Accepted")).contains("spec.addresses").contains(V);
    assertThat(api.get(DOCUMENTS + "younger").code()).isEqualTo(404);
    assertThat(condition(api.get(PATH).body(), "Accepted")).startsWith("True");
  }

  @Test
  void aForeignObjectIsReportedAndLeftAlone() throws IOException, InterruptedException {
    api.force(
        DOCUMENTS + V,
        "somebody",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: apiserver-vip-flow}, data: {a: b}}");
    applied("service: {enabled: false}");
    JsonNode vip =
        stage.await(PATH, "stuck", object -> condition(object, "Programmed").startsWith("False"));
    assertThat(condition(vip, "Programmed")).contains("apiserver-vip-flow");
    assertThat(api.get(DOCUMENTS + V).body().path("data").toString()).isEqualTo("{\"a\":\"b\"}");
    api.delete(DOCUMENTS + V);
    documentThat("names three members", text -> members(text) == 3);
  }

  @Test
  void aHandEditedDocumentIsPutRight() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    String right = document(documentThat("names three members", text -> members(text) == 3));
    api.merge(DOCUMENTS + V + "?fieldManager=hand", "{data: {config.yaml: broken}}");
    documentThat("as it was", text -> text.equals(right));
  }

  @Test
  void nothingIsLeftOfADeletedResource() throws IOException, InterruptedException {
    applied("service: {enabled: true, name: apiserver, namespace: default}");
    documentThat("names three members", text -> members(text) == 3);
    String service = "/api/v1/namespaces/default/services/apiserver";
    stage.await(service, "there", object -> true);
    api.delete(PATH);
    stage.awaitGone(PATH);
    for (String path : new String[] {DOCUMENTS + V, DAEMON_SETS + V, service}) {
      assertThat(api.get(path).code()).as(path).isEqualTo(404);
    }
  }

  @Test
  void withStaticPodsItRunsNoAgentsAndHearsThoseThatTell()
      throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    stage.await(DAEMON_SETS + V, "there", object -> true);
    applied("service: {enabled: false}", "agent: {deployment: StaticPod}");
    stage.awaitGone(DAEMON_SETS + V);
    assertThat(api.get(DOCUMENTS + V).code()).isEqualTo(200);
    JsonNode untold =
        stage.await(
            PATH,
            "without a word of its agents",
            vip -> condition(vip, "Programmed").startsWith("False AgentsMissing"));
    assertThat(condition(untold, "Accepted")).contains("the operator starts no agents");
    for (int i = 1; i <= 3; i++) {
      api.force(
          PATH + "/status",
          "apiserver-vip-agent-cp-" + i,
          KnownKind.status(
              V,
              "{nodes: [{name: cp-%d, role: %s, observedGeneration: 2, heartbeatTime: \"%s\"}]}"
                  .formatted(i, i == 1 ? "Active" : "Backup", Instant.now())));
    }
    JsonNode told =
        stage.await(
            PATH, "told of", vip -> condition(vip, "Programmed").startsWith("True AllAgents"));
    assertThat(told.at("/status/activeNode").asText()).isEqualTo("cp-1");
    assertThat(api.get(DAEMON_SETS + V).code()).isEqualTo(404);
  }

  @Test
  void eachFieldOfTheStatusHasItsWriter() throws IOException, InterruptedException {
    applied("service: {enabled: false}");
    accepted();
    api.force(
        PATH + "/status",
        "apiserver-vip-agent-cp-1",
        KnownKind.status(
            V, "{nodes: [{name: cp-1, role: Backup, heartbeatTime: \"2999-11-20T22:30:00Z\"}]}"));
    applied("service: {enabled: false}", "vrrp: {virtualRouterId: 78}");
    JsonNode vip =
        stage.await(
            PATH, "at generation 2", object -> object.at("/status/virtualRouterId").asInt() == 78);
    assertThat(Owned.by(vip, "apiserver-vip-operator"))
        .contains(".status.virtualRouterId")
        .noneMatch(field -> field.startsWith(".status.nodes") || field.startsWith(".spec"));
    assertThat(Owned.by(vip, "apiserver-vip-agent-cp-1"))
        .allMatch(field -> field.startsWith(".status.nodes[name=\"cp-1\"]"))
        .hasSize(3);
  }

  private void applied(String... spec) throws IOException, InterruptedException {
    var answer = api.force(PATH, "user", KnownKind.manifest(V, spec));
    assertThat(answer.code()).as(answer.message()).isIn(200, 201);
  }

  private JsonNode accepted() throws IOException, InterruptedException {
    return stage.await(PATH, "accepted", vip -> condition(vip, "Accepted").startsWith("True"));
  }

  private JsonNode documentThat(String wanted, Predicate<String> is)
      throws IOException, InterruptedException {
    return stage.await(DOCUMENTS + V, wanted, object -> is.test(document(object)));
  }

  private static int members(String document) {
    return document.split("node: \"cp-", -1).length - 1;
  }
}
