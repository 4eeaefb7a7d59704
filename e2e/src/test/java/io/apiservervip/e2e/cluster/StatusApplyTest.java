package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.KnownKind.manifest;
import static io.apiservervip.e2e.cluster.KnownKind.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** The status of one resource, written by an operator and several agents beside each other. */
@ExtendWith(OneCluster.class)
class StatusApplyTest {
  private final ApiCalls api;
  private String name = "";
  private String path = "";

  StatusApplyTest(TestCluster cluster) throws IOException {
    this.api = cluster.calls();
  }

  @BeforeEach
  void anObjectIsThere(TestInfo test) throws IOException, InterruptedException {
    name = "s" + Integer.toHexString(test.getDisplayName().hashCode());
    path = KnownKind.PATH + "/" + name;
    KnownKind.install(api);
    api.apply(path, "user", manifest(name));
  }

  @Test
  void eachAgentWritesItsOwnEntry() throws IOException, InterruptedException {
    apply("agent-a", "{nodes: [{name: a, role: Active}]}");
    Answer both = apply("agent-b", "{nodes: [{name: b, role: Backup}]}");
    assertThat(names(both)).containsExactly("a", "b");
    assertThat(Owned.by(both.body(), "agent-a"))
        .containsExactlyInAnyOrder(
            ".status.nodes[name=\"a\"].name", ".status.nodes[name=\"a\"].role");
    assertThat(Owned.managers(both.body()))
        .containsExactly("agent-a Apply status", "agent-b Apply status", "user Apply");
  }

  @Test
  void theOperatorWritesAroundTheEntries() throws IOException, InterruptedException {
    apply("agent-a", "{nodes: [{name: a, role: Active}]}");
    apply("operator", "{activeNode: a, conditions: [%s]}".formatted(condition("Ready", "True")));
    Answer second =
        apply(
            "operator", "{activeNode: a, conditions: [%s]}".formatted(condition("Ready", "False")));
    assertThat(names(second)).containsExactly("a");
    assertThat(second.body().at("/status/conditions/0/status").asText()).isEqualTo("False");
    Answer left = apply("operator", "{}");
    assertThat(left.body().path("status").has("activeNode")).isFalse();
    assertThat(names(left)).containsExactly("a");
  }

  @Test
  void whatAnAgentLeavesOutOfItsEntryGoes() throws IOException, InterruptedException {
    apply(
        "agent-a",
        "{nodes: [{name: a, message: bad, macs: [\"02:00:00:00:00:11\"], peers: [{node: b, heard:"
            + " true}, {node: c, heard: true}]}]}");
    Answer second =
        apply("agent-a", "{nodes: [{name: a, macs: [], peers: [{node: c, heard: false}]}]}");
    assertThat(second.body().at("/status/nodes/0"))
        .isEqualTo(Json.tree("{name: a, macs: [], peers: [{node: c, heard: false}]}"));
  }

  @Test
  void anAgentThatAppliesNoEntryTakesItsOwnAway() throws IOException, InterruptedException {
    apply("agent-a", "{nodes: [{name: a, role: Active}]}");
    apply("agent-b", "{nodes: [{name: b, role: Backup}]}");
    assertThat(names(apply("agent-a", "{nodes: []}"))).containsExactly("b");
  }

  @Test
  void anEntryIsShareable() throws IOException, InterruptedException {
    apply("agent-a", "{nodes: [{name: a, role: Active, priority: 250}]}");
    Answer unknown =
        api.force(
            path + "/status", "operator", status(name, "{nodes: [{name: a, role: Unknown}]}"));
    assertThat(unknown.body().at("/status/nodes/0"))
        .isEqualTo(Json.tree("{name: a, priority: 250, role: Unknown}"));
    Answer back =
        api.force(
            path + "/status",
            "agent-a",
            status(name, "{nodes: [{name: a, role: Active, priority: 250}]}"));
    assertThat(Owned.by(back.body(), "operator")).containsExactly(".status.nodes[name=\"a\"].name");
    assertThat(names(apply("operator", "{}"))).containsExactly("a");
  }

  @Test
  void equalStatusIsNoWrite() throws IOException, InterruptedException {
    Answer first = apply("agent-a", "{nodes: [{name: a, role: Active}]}");
    Answer second = apply("agent-a", "{nodes: [{name: a, role: Active}]}");
    assertThat(second.body().at("/metadata/resourceVersion"))
        .isEqualTo(first.body().at("/metadata/resourceVersion"));
    assertThat(second.body().at("/metadata/generation").asInt()).isEqualTo(1);
  }

  @Test
  void statusAndSpecDoNotCrossOver() throws IOException, InterruptedException {
    Answer spec =
        api.force(path, "user", manifest(name, "interface: eth0") + "status: {activeNode: a}");
    assertThat(spec.body().path("status").has("activeNode")).isFalse();
    Answer status =
        api.force(
            path + "/status",
            "agent-a",
            manifest(name, "interface: eth1") + "status: {activeNode: a}");
    assertThat(status.body().at("/status/activeNode").asText()).isEqualTo("a");
    assertThat(status.body().at("/spec/interface").asText()).isEqualTo("eth0");
    assertThat(Owned.by(status.body(), "agent-a")).containsExactly(".status.activeNode");
  }

  @Test
  void thereIsNoStatusWithoutAnObject() throws IOException, InterruptedException {
    Answer refused =
        api.apply(
            KnownKind.PATH + "/absent/status", "agent-a", status("absent", "{activeNode: a}"));
    assertThat(refused.code()).isEqualTo(404);
    assertThat(refused.message()).isEqualTo("apiservervips.apiservervip.io \"absent\" not found");
  }

  @Test
  void aLostNodesEntryGoesByPatchOnlyIfItIsStillThatOne() throws IOException, InterruptedException {
    apply("agent-a", "{nodes: [{name: a, role: Active}]}");
    apply("agent-b", "{nodes: [{name: b, role: Backup}]}");
    Answer refused = api.jsonPatch(path + "/status?fieldManager=operator", removal(0, "b"));
    assertThat(refused.code()).isEqualTo(422);
    Answer removed = api.jsonPatch(path + "/status?fieldManager=operator", removal(0, "a"));
    assertThat(removed.code()).isEqualTo(200);
    assertThat(names(removed)).containsExactly("b");
    assertThat(Owned.managers(removed.body())).doesNotContain("agent-a Apply status");
  }

  private static String removal(int index, String node) {
    return "[{op: test, path: /status/nodes/%d/name, value: %s},".formatted(index, node)
        + " {op: remove, path: /status/nodes/%d}]".formatted(index);
  }

  private Answer apply(String manager, String status) throws IOException, InterruptedException {
    Answer answer = api.apply(path + "/status", manager, status(name, status));
    assertThat(answer.code()).as(answer.message()).isEqualTo(200);
    return answer;
  }

  private static String condition(String type, String status) {
    return "{type: %s, status: \"%s\", reason: Test, message: m, lastTransitionTime:"
            .formatted(type, status)
        + " \"2026-11-20T22:30:00Z\"}";
  }

  private static List<String> names(Answer answer) {
    List<String> names = new ArrayList<>();
    for (JsonNode node : answer.body().at("/status/nodes")) {
      names.add(node.path("name").asText());
    }
    return names;
  }
}
