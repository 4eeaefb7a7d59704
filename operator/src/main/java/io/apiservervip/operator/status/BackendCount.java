package io.apiservervip.operator.status;

import io.apiservervip.agent.proxy.Backend;
import io.apiservervip.agent.proxy.Backends;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.BackendStatus;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.operator.model.BackendVotes;
import io.apiservervip.operator.model.ServicePlan;
import io.apiservervip.operator.model.Verdicts;
import io.apiservervip.operator.model.VipPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The API servers of a resource and what is known of them.
 *
 * @param ready by address, in order; absent: nobody has checked it
 * @param known all of them
 */
record BackendCount(List<BackendAddress> known, Map<BackendAddress, Boolean> ready) {

  BackendCount {
    known = List.copyOf(known);
    ready = Map.copyOf(ready);
  }

  static BackendCount of(VipPlan plan, Agents agents, Map<BackendAddress, BackendState> checks) {
    List<BackendAddress> known = known(plan);
    List<NodeStatus> fresh = agents.fresh();
    Verdicts verdicts =
        agents.members().isEmpty() ? new Verdicts.OfOperator(checks) : new Verdicts.OfAgents(fresh);
    Map<BackendAddress, Boolean> ready = new LinkedHashMap<>();
    for (BackendAddress backend : known) {
      boolean checked =
          agents.members().isEmpty()
              ? checks.containsKey(backend)
              : fresh.stream().anyMatch(entry -> mentions(entry, backend));
      if (checked) {
        ready.put(backend, BackendVotes.ready(backend, verdicts));
      }
    }
    return new BackendCount(known, ready);
  }

  /** Those of the first listener; without a balancer those of the Service. */
  private static List<BackendAddress> known(VipPlan plan) {
    AgentConfig document = plan.document();
    LoadBalancerConfig balancer = document == null ? null : document.loadBalancer();
    if (document != null && balancer != null) {
      return Backends.of(document, balancer.listeners().getFirst()).stream()
          .map(Backend::address)
          .toList();
    }
    ServicePlan service = plan.service();
    return service == null
        ? List.of()
        : service.candidates().stream()
            .map(server -> new BackendAddress(server.address(), server.port()))
            .toList();
  }

  private static boolean mentions(NodeStatus entry, BackendAddress backend) {
    return Objects.requireNonNullElse(entry.backends(), List.<BackendStatus>of()).stream()
        .anyMatch(status -> status.address().equals(backend.text()) && status.state() != null);
  }

  int total() {
    return known.size();
  }

  int readyCount() {
    return (int) ready.values().stream().filter(up -> up).count();
  }

  /** Whether anybody has checked anything. */
  boolean checked() {
    return !ready.isEmpty();
  }

  /** What agents say of a backend that is not well, such as {@code timed out (cp-1, cp-2)}. */
  static String errors(BackendAddress backend, Agents agents) {
    Map<String, TreeSet<String>> nodes = new LinkedHashMap<>();
    for (NodeStatus entry : agents.fresh()) {
      for (BackendStatus status :
          Objects.requireNonNullElse(entry.backends(), List.<BackendStatus>of())) {
        if (status.address().equals(backend.text())
            && status.lastError() != null
            && status.state() != BackendState.UP) {
          nodes.computeIfAbsent(status.lastError(), error -> new TreeSet<>()).add(entry.name());
        }
      }
    }
    return nodes.entrySet().stream()
        .limit(3)
        .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
        .reduce((one, other) -> one + "; " + other)
        .orElse("no error was given");
  }
}
