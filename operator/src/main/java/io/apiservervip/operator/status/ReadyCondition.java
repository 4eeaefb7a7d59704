package io.apiservervip.operator.status;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.VirtualAddressConfig;
import io.apiservervip.agentapi.VrrpConfig;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.operator.model.VipPlan;
import java.net.InetAddress;
import java.util.stream.Collectors;

/** The condition Ready: is the door safe to use, by what is in force, whatever the spec says. */
final class ReadyCondition {
  static final String NO_ACTIVE = "NoActive";
  static final String NO_BACKEND = "NoBackend";

  private ReadyCondition() {}

  static Judgement of(Situation situation, Judgement service) {
    AgentConfig document = situation.inputs().plan().document();
    VrrpConfig vrrp = document == null ? null : document.vrrp();
    if (document == null || vrrp == null) {
      return withoutAddresses(situation, service);
    }
    if (situation.splitBrain() != null) {
      return Judgement.no("SplitBrain", situation.splitBrain());
    }
    String holder = situation.holder();
    if (holder == null) {
      return Judgement.no(NO_ACTIVE, nobody(situation));
    }
    NodeStatus entry = situation.agents().entry(holder);
    if (entry != null && Boolean.FALSE.equals(entry.addressOwned())) {
      return Judgement.no(
          "AddressMissing",
          holder
              + " is Active and its kernel has not got the addresses; see node-agent status there");
    }
    return document.loadBalancer() == null
        ? Judgement.yes("Held", holder + " holds " + shown(vrrp))
        : backends(situation, holder + " holds " + shown(vrrp));
  }

  private static Judgement backends(Situation situation, String held) {
    BackendCount backends = situation.backends();
    String count = backends.readyCount() + " of " + backends.total() + " API servers are up";
    if (backends.readyCount() > 0) {
      return Judgement.yes("Serving", held + "; " + count);
    }
    if (!backends.checked()) {
      return Judgement.unknown(
          "BackendsUnknown", held + "; no agent has told of the API servers yet");
    }
    String errors =
        backends.known().stream()
            .limit(3)
            .map(b -> b.text() + ": " + BackendCount.errors(b, situation.agents()))
            .collect(Collectors.joining("; "));
    return Judgement.no(
        NO_BACKEND, held + "; " + count + ", so all are tried; start them. " + errors);
  }

  private static Judgement withoutAddresses(Situation situation, Judgement service) {
    VipPlan plan = situation.inputs().plan();
    if (plan.service() == null) {
      return plan instanceof VipPlan.Refused refused
          ? Judgement.no(refused.refusal().reason().text(), refused.refusal().line())
          : Judgement.no("NotImplemented", "nothing that is carried out yet is wanted");
    }
    return service.isTrue() ? backends(situation, "the Service is in step") : service;
  }

  private static String nobody(Situation situation) {
    String roles =
        situation.agents().members().stream()
            .limit(5)
            .map(node -> node + " " + state(situation.agents(), node))
            .collect(Collectors.joining(", "));
    return "nobody holds the addresses: "
        + roles
        + "; look at the agents there (status.nodes, node-agent status)";
  }

  private static String state(Agents agents, String node) {
    NodeStatus entry = agents.entry(node);
    if (entry == null) {
      return "is not heard of";
    }
    String message = EntryMessage.text(entry);
    return "is " + Agents.text(entry.role()) + (message.isEmpty() ? "" : " (" + message + ")");
  }

  private static String shown(VrrpConfig vrrp) {
    return vrrp.addresses().stream()
        .map(VirtualAddressConfig::address)
        .map(InetAddress::getHostAddress)
        .collect(Collectors.joining(", "));
  }
}
