package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.NodeStatusCodec;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.BackendStatus;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.api.v1alpha1.PeerStatus;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeStatusAssemblyTest {
  @Test
  void theEntryOfAnActive() {
    assertThat(NodeStatusCodec.applied("v", NodeStatusAssembly.of(Views.of(Role.ACTIVE), "cp-2")))
        .isEqualTo(
            "{\"apiVersion\":\"apiservervip.io/v1alpha1\",\"kind\":\"ApiServerVip\","
                + "\"metadata\":{\"name\":\"v\"},\"status\":{\"nodes\":[{"
                + "\"name\":\"cp-1\",\"role\":\"Active\","
                + "\"lastTransitionTime\":\"2026-11-20T22:30:00.500Z\","
                + "\"heartbeatTime\":\"2026-11-20T22:31:00.123Z\",\"tookOverFrom\":\"cp-2\","
                + "\"agentVersion\":\"1.0.0\",\"observedGeneration\":3,\"interface\":\"eth0\","
                + "\"macs\":[\"02:00:00:00:00:11\"],\"priority\":250,\"effectivePriority\":165,"
                + "\"addressOwned\":true,\"transitions\":4,\"message\":\"\",\"peers\":["
                + "{\"node\":\"cp-2\",\"heard\":true,\"lastHeard\":\"2026-11-20T22:30:59Z\"},"
                + "{\"node\":\"cp-3\",\"heard\":false}],\"backends\":[]}]}}");
  }

  @ParameterizedTest
  @CsvSource({
    "INITIALIZE, INITIALIZE, the reason",
    "BACKUP, BACKUP, ''",
    "ACTIVE, ACTIVE, ''",
    "FAULT, FAULT, the reason",
    "STANDBY, STANDBY, the reason"
  })
  void theReasonIsTheMessageWhereTheNodeTakesNoPart(Role role, NodeRole shown, String message) {
    NodeStatus entry = NodeStatusAssembly.of(Views.of(role), null);
    assertThat(entry.role()).isEqualTo(shown);
    assertThat(entry.message()).isEqualTo(message);
    assertThat(entry.tookOverFrom()).isNull();
  }

  @Test
  void aRefusedDocumentIsSaidBeforeTheRest() {
    RouterStatus router = Views.router(Role.BACKUP, Views.CP_2);
    NodeStatus entry =
        NodeStatusAssembly.of(Views.of(router, Views.proxy(List.of()), "colour: unknown"), null);
    assertThat(entry.message())
        .isEqualTo(
            "the document is refused: colour: unknown;"
                + " the priority is changed by -85: the API server of this node fails its check");
  }

  @Test
  void backendsAreThoseOfTheFirstListener() {
    NodeStatus entry = entry(List.of(backend(1, "refused"), backend(2, "x".repeat(300))));
    assertThat(entry.backends())
        .containsExactly(
            new BackendStatus("10.99.1.1:6443", BackendState.DOWN, "refused"),
            new BackendStatus("10.99.1.2:6443", BackendState.DOWN, "x".repeat(255) + "…"));
  }

  @Test
  void listsAndTextsStayWithinTheBoundsOfTheResource() {
    List<BackendHealth> many = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      many.add(backend(i, "refused"));
    }
    assertThat(entry(many).backends()).hasSize(64);
    List<RouterStatus.Peer> peers = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      peers.add(new RouterStatus.Peer("n" + i % 18, Views.CP_2, false, null, -1));
    }
    RouterStatus router = with(Views.router(Role.FAULT, null), peers, "r".repeat(2000));
    NodeStatus entry = NodeStatusAssembly.of(Views.of(router, null, null), null);
    assertThat(entry.peers()).hasSize(16).extracting(PeerStatus::node).doesNotHaveDuplicates();
    assertThat(entry.message()).hasSize(1024);
  }

  @Test
  void withoutADocumentThereIsNoGeneration() {
    AgentView view = Views.of(Role.INITIALIZE);
    AgentView waiting =
        new AgentView(
            view.identity(),
            view.group(),
            new AgentView.Config(0, DocumentSource.Origin.NONE, "ConfigMap x", null, null),
            view.router(),
            null,
            view.heartbeat());
    assertThat(NodeStatusAssembly.of(waiting, null).observedGeneration()).isNull();
  }

  @Test
  void timesAloneMakeNoChange() {
    AgentView view = Views.of(Role.BACKUP);
    RouterStatus later =
        with(
            view.router(),
            List.of(
                new RouterStatus.Peer(
                    "cp-2", Views.CP_2, true, Instant.parse("2026-11-20T23:00:00Z"), 237),
                view.router().peers().getLast()),
            "the reason");
    AgentView next =
        new AgentView(
            view.identity(),
            view.group(),
            view.config(),
            later,
            null,
            Instant.parse("2026-11-20T23:00:00Z"));
    assertThat(settled(next)).isEqualTo(settled(view));
    assertThat(settled(Views.of(Role.ACTIVE))).isNotEqualTo(settled(view));
  }

  @Test
  void anotherErrorOfABackendThatStaysDownMakesNoChange() {
    NodeStatus refused = entry(List.of(backend(1, "connection refused")));
    NodeStatus silent = entry(List.of(backend(1, "no answer to the SYN in 1000 ms")));
    assertThat(NodeStatusAssembly.settled(silent, true))
        .isEqualTo(NodeStatusAssembly.settled(refused, true));
    assertThat(NodeStatusAssembly.settled(entry(List.of()), true))
        .isNotEqualTo(NodeStatusAssembly.settled(refused, true));
  }

  private static NodeStatus settled(AgentView view) {
    return NodeStatusAssembly.settled(NodeStatusAssembly.of(view, null), true);
  }

  private static NodeStatus entry(List<BackendHealth> backends) {
    RouterStatus router = Views.router(Role.BACKUP, Views.CP_2);
    return NodeStatusAssembly.of(Views.of(router, Views.proxy(backends), null), null);
  }

  private static RouterStatus with(
      RouterStatus status, List<RouterStatus.Peer> peers, String reason) {
    return new RouterStatus(
        status.role(),
        status.since(),
        reason,
        status.interfaceName(),
        status.mac(),
        status.priority(),
        status.effectivePriority(),
        status.activeSource(),
        status.addressOwned(),
        status.transitions(),
        peers,
        List.of(),
        null,
        List.of());
  }

  private static BackendHealth backend(int number, String error) {
    return new BackendHealth(
        new BackendAddress(InetAddress.ofLiteral("10.99.1." + number), 6443),
        BackendState.DOWN,
        0,
        Instant.EPOCH,
        error,
        -1,
        false,
        null);
  }
}
