package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.KnownKind.manifest;
import static io.apiservervip.e2e.cluster.KnownKind.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/**
 * What an agent may write with the roles and the policy of the installation. The mock knows
 * neither, so that there is nothing to see with it.
 */
@ExtendWith(OneCluster.class)
class AgentPolicyTest {
  private static final String AGENT = "system:serviceaccount:apiserver-vip:apiserver-vip-agent";
  private static final String PATH = KnownKind.PATH + "/policy";
  private static final int ATTEMPTS = 100;

  private final TestCluster cluster;
  private final ApiCalls admin;
  private final Agent agentA;
  private final Agent agentB;

  AgentPolicyTest(TestCluster cluster) throws IOException {
    this.cluster = cluster;
    this.admin = cluster.calls();
    this.agentA = new Agent(admin.asAgent(AGENT, "a"), "agent-a");
    this.agentB = new Agent(admin.asAgent(AGENT, "b"), "agent-b");
  }

  /** An agent as the server sees it. */
  private record Agent(ApiCalls api, String manager) {
    Answer write(String status) throws IOException, InterruptedException {
      return api.force(PATH + "/status", manager, status("policy", status));
    }
  }

  @TestFactory
  Stream<DynamicTest> anAgentWritesItsOwnEntryAlone() throws IOException, InterruptedException {
    if (!cluster.validates()) {
      return Stream.empty();
    }
    KnownKind.install(admin);
    DeployManifests.install(admin);
    admin.force(PATH, "user", manifest("policy"));
    admin.force(PATH + "/status", "operator", status("policy", "{activeNode: a, backends: 3}"));
    awaitPolicy();
    return Stream.of(
        test("its own entry is taken", this::ownEntry),
        test("its own entry may change and go", this::ownEntryChangesAndGoes),
        test("the entry of another node is refused", this::anothersEntry),
        test("a word of another's entry is refused", this::aWordOfAnothersEntry),
        test("the rest of the status is refused", this::restOfTheStatus),
        test("a token without a node is refused", this::noNode),
        test("the spec is refused", this::spec),
        test("the token of a pod names its node", this::podsToken),
        test("a kubelet's name is its node", this::kubelet),
        test("the operator is free", this::operator),
        test("an agent reads its document and no more", this::reads));
  }

  private static DynamicTest test(String name, Executable body) {
    return DynamicTest.dynamicTest(name, body);
  }

  /** A policy is in force some time after it was stored. */
  private void awaitPolicy() throws IOException, InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      Agent trying = new Agent(agentA.api(), "agent-a&dryRun=All");
      if (trying.write("{nodes: [{name: b}]}").code() == 422) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("the policy is not in force");
  }

  private void ownEntry() throws IOException, InterruptedException {
    assertTaken(agentA.write("{nodes: [{name: a, role: Active}]}"));
    assertTaken(agentB.write("{nodes: [{name: b, role: Backup}]}"));
  }

  private void ownEntryChangesAndGoes() throws IOException, InterruptedException {
    assertTaken(agentA.write("{nodes: [{name: a, role: Backup, peers: [{node: b}]}]}"));
    assertTaken(agentA.write("{nodes: [{name: a, role: Active}]}"));
    Answer gone = agentA.write("{nodes: []}");
    assertTaken(gone);
    assertThat(gone.body().at("/status/nodes").findValuesAsText("name")).containsExactly("b");
  }

  private void anothersEntry() throws IOException, InterruptedException {
    Answer refused = agentA.write("{nodes: [{name: a, role: Active}, {name: c, role: Active}]}");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message())
        .contains(
            "the agent of node 'a' may write the entry of its own node in status.nodes alone");
  }

  private void aWordOfAnothersEntry() throws IOException, InterruptedException {
    assertTaken(agentB.write("{nodes: [{name: b, role: Backup}]}"));
    assertThat(agentA.write("{nodes: [{name: b, role: Fault}]}").code()).isEqualTo(422);
    assertThat(agentA.write("{nodes: [{name: b, message: hello}]}").code()).isEqualTo(422);
  }

  private void restOfTheStatus() throws IOException, InterruptedException {
    for (String status :
        new String[] {
          "{activeNode: b}",
          "{readyBackends: 1}",
          "{nodes: [{name: a}], conditions: [{type: Ready, status: \"True\", reason: R, message: m,"
              + " lastTransitionTime: \"2026-11-20T22:30:00Z\"}]}"
        }) {
      Answer refused = agentA.write(status);
      assertThat(refused.code()).as(status).isEqualTo(422);
      assertThat(refused.message())
          .contains(
              "an agent may write status.nodes alone; the rest of the status is the operator's");
    }
  }

  private void noNode() throws IOException, InterruptedException {
    Answer refused =
        new Agent(admin.as(AGENT, "system:serviceaccounts"), "agent-x")
            .write("{nodes: [{name: a, role: Active}]}");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message()).contains("the agent's token names no node");
  }

  private void spec() throws IOException, InterruptedException {
    Answer refused = agentA.api().force(PATH, "agent", manifest("policy", "interface: eth9"));
    assertThat(refused.code()).isEqualTo(403);
  }

  /** Not by impersonation but with the token that a kubelet would mount. */
  private void podsToken() throws IOException, InterruptedException {
    String pods = "/api/v1/namespaces/apiserver-vip/pods";
    Answer pod =
        admin.post(
            pods,
            "{apiVersion: v1, kind: Pod, metadata: {generateName: agent-}, spec: {nodeName: d,"
                + " serviceAccountName: apiserver-vip-agent, containers: [{name: a, image: a}]}}");
    assertThat(pod.code()).as(pod.message()).isEqualTo(201);
    Answer token =
        admin.post(
            "/api/v1/namespaces/apiserver-vip/serviceaccounts/apiserver-vip-agent/token",
            "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {boundObjectRef: {kind:"
                + " Pod, apiVersion: v1, name: %s, uid: %s}}}"
                    .formatted(
                        pod.body().at("/metadata/name").asText(),
                        pod.body().at("/metadata/uid").asText()));
    Agent agent = new Agent(admin.withToken(token.body().at("/status/token").asText()), "agent-d");
    assertTaken(agent.write("{nodes: [{name: d, role: Backup}]}"));
    assertThat(agent.write("{nodes: [{name: a, role: Backup}]}").code()).isEqualTo(422);
    assertTaken(agent.write("{nodes: []}"));
  }

  private void kubelet() throws IOException, InterruptedException {
    admin.force(
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/kubelets-are-agents",
        "test",
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name:"
            + " kubelets-are-agents}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind:"
            + " ClusterRole, name: apiserver-vip-agent}, subjects: [{apiGroup:"
            + " rbac.authorization.k8s.io, kind: Group, name: \"system:nodes\"}]}");
    Agent kubelet = new Agent(admin.as("system:node:e", "system:nodes"), "agent-e");
    assertTaken(kubelet.write("{nodes: [{name: e, role: Backup}]}"));
    assertThat(kubelet.write("{nodes: [{name: a, role: Backup}]}").code()).isEqualTo(422);
    assertTaken(kubelet.write("{nodes: []}"));
  }

  private void operator() throws IOException, InterruptedException {
    ApiCalls operator =
        admin.as(
            "system:serviceaccount:apiserver-vip:apiserver-vip-operator", "system:serviceaccounts");
    Answer taken =
        operator.force(
            PATH + "/status",
            "apiserver-vip-operator",
            status("policy", "{activeNode: b, nodes: [{name: b, role: Unknown}]}"));
    assertTaken(taken);
  }

  private void reads() throws IOException, InterruptedException {
    String documents = "/api/v1/namespaces/apiserver-vip/";
    assertThat(agentA.api().get(documents + "configmaps").code()).isEqualTo(200);
    assertThat(agentA.api().get(documents + "secrets").code()).isEqualTo(200);
    assertThat(agentA.api().get(PATH).code()).isEqualTo(200);
    assertThat(agentA.api().get("/api/v1/namespaces/default/configmaps").code()).isEqualTo(403);
    assertThat(agentA.api().get("/api/v1/nodes").code()).isEqualTo(403);
    assertThat(agentA.api().delete(PATH).code()).isEqualTo(403);
    assertThat(
            agentA.api().post(documents + "configmaps", "{apiVersion: v1, kind: ConfigMap}").code())
        .isEqualTo(403);
  }

  private static void assertTaken(Answer answer) {
    assertThat(answer.code()).as(answer.message()).isEqualTo(200);
  }
}
