package io.apiservervip.operator.status;

import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.IpLiteral;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VipReader;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.operator.model.VipPlan;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A resource with three agents, its stored status and the operator that looks at it. */
final class Stage {
  static final String SPEC =
      """
      apiVersion: apiservervip.io/v1alpha1
      kind: ApiServerVip
      metadata: {name: control-plane, generation: 3}
      spec:
        addresses: ["10.99.0.50"]
        members:
          - {node: cp-1, addresses: [10.99.0.11], priority: 250}
          - {node: cp-2, addresses: [10.99.0.12], priority: 237}
          - {node: cp-3, addresses: [10.99.0.13], priority: 224}
      """;
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  Instant now = NOON;
  VipPlan plan = new VipPlan.Accepted(3, document(SPEC), Map.of(), null, null, List.of(), null);
  Rollout rollout = new Rollout.Complete();
  final Map<String, Instant> begun = new HashMap<>();
  ServiceState service = ServiceState.NOTHING;
  final Map<BackendAddress, ServerCertificate> certificates = new HashMap<>();
  final Map<BackendAddress, BackendState> checks = new HashMap<>();

  private final Map<String, NodeStatus> entries = new LinkedHashMap<>();
  private @Nullable ApiServerVipStatus stored;
  private StatusMemory memory = StatusMemory.EMPTY;

  Stage pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** An agent writes its entry now, by a clock that goes right. */
  Stage write(Entry entry) {
    return write(entry, now);
  }

  /** An agent writes its entry, and its clock says so. */
  Stage write(Entry entry, Instant clock) {
    entries.put(entry.node(), entry.at(clock));
    return this;
  }

  Stage remove(String node) {
    entries.remove(node);
    return this;
  }

  /** Another replica leads from now on. */
  Stage newLeader() {
    memory = StatusMemory.EMPTY;
    return this;
  }

  /** The operator looks, and what it wants is stored as a server would merge it. */
  StatusPlan look() {
    ApiServerVipStatus before = merged();
    StatusPlan next =
        StatusAssembly.assemble(
            new StatusInputs(
                spec(SPEC),
                plan,
                before,
                Observation.of(before, memory, now),
                rollout,
                begun,
                service,
                certificates,
                checks));
    memory = next.memory();
    stored = next.status();
    for (NodeStatus obituary :
        Objects.requireNonNullElse(next.status().nodes(), List.<NodeStatus>of())) {
      NodeStatus entry = Objects.requireNonNull(entries.get(obituary.name()));
      entries.put(obituary.name(), Entry.buried(entry, obituary));
    }
    return next;
  }

  private @Nullable ApiServerVipStatus merged() {
    ApiServerVipStatus ours = stored;
    List<NodeStatus> nodes = List.copyOf(entries.values());
    return ours == null
        ? new ApiServerVipStatus(
            null, null, null, null, null, null, null, null, null, nodes, null, null)
        : new ApiServerVipStatus(
            ours.observedGeneration(),
            ours.virtualRouterId(),
            ours.activeNode(),
            ours.readyBackends(),
            ours.backends(),
            ours.readyAgents(),
            ours.desiredAgents(),
            ours.summary(),
            ours.conditions(),
            nodes,
            ours.certificates(),
            ours.service());
  }

  static ConditionStatusEntry condition(StatusPlan plan, String type) {
    return Objects.requireNonNull(plan.status().conditions()).stream()
        .filter(condition -> condition.type().equals(type))
        .findAny()
        .orElseThrow();
  }

  /** Such as {@code True Serving}. */
  static String verdict(StatusPlan plan, String type) {
    ConditionStatusEntry condition = condition(plan, type);
    return switch (condition.status()) {
          case TRUE -> "True ";
          case FALSE -> "False ";
          case UNKNOWN -> "Unknown ";
        }
        + condition.reason();
  }

  /** Such as {@code Warning FailedOver: cp-2 took ...}. */
  static List<String> events(StatusPlan plan) {
    return plan.events().stream()
        .map(event -> event.type().text() + " " + event.reason() + ": " + event.message())
        .toList();
  }

  static AgentConfig document(String text) {
    return switch (ConfigResolution.read(text)) {
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> notes) -> config;
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  static ApiServerVipSpec spec(String text) {
    return switch (VipReader.read(text)) {
      case Reading.Accepted<Manifest>(Manifest manifest, List<String> notes) ->
          manifest.vip().spec();
      case Reading.Refused<Manifest>(List<Problem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  static InetAddress ip(String text) {
    return Objects.requireNonNull(IpLiteral.parse(text));
  }

  static BackendAddress server(String address) {
    return new BackendAddress(ip(address), 6443);
  }
}
