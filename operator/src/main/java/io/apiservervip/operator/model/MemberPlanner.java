package io.apiservervip.operator.model;

import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.operator.model.Priorities.Candidate;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Chooses the members: those that the resource lists, else the selected Nodes. */
final class MemberPlanner {
  private final ApiServerVipSpec spec;
  private final Map<String, NodeFacts> nodes = new HashMap<>();
  private final List<Note> notes = new ArrayList<>();

  private MemberPlanner(ApiServerVipSpec spec, List<NodeFacts> nodes) {
    this.spec = spec;
    nodes.forEach(node -> this.nodes.put(node.name(), node));
  }

  static Membership plan(VipFacts self, List<NodeFacts> nodes) {
    MemberPlanner planner = new MemberPlanner(self.vip().spec(), nodes);
    return self.vip().spec().members().isEmpty()
        ? planner.ofNodes(NodeSelection.select(nodes, self.vip().spec().nodeSelector()), self)
        : planner.ofResource();
  }

  private Membership ofNodes(List<NodeFacts> selected, VipFacts self) {
    if (selected.isEmpty()) {
      return new Membership.None(
          new Refusal(
              RefusalReason.NO_NODE_MATCHES,
              "spec.nodeSelector",
              "matches none of the "
                  + nodes.size()
                  + " nodes; label the nodes that may hold the addresses, change the selector, or"
                  + " list spec.members (k0s controllers are nodes only with --enable-worker)"));
    }
    MemberAddresses rule = MemberAddresses.of(spec);
    Map<String, List<InetAddress>> usable = new HashMap<>();
    for (NodeFacts node : selected) {
      List<InetAddress> addresses = rule.usable(node.internalIps());
      if (rule.suffices(addresses)) {
        usable.put(node.name(), addresses);
      } else {
        notes.add(
            new Note(
                "Node " + node.name(),
                "takes no part, because it has no InternalIP "
                    + rule.wanted()
                    + "; give the kubelet one by --node-ip, or list spec.members"));
      }
    }
    if (usable.isEmpty()) {
      return new Membership.None(
          new Refusal(
              RefusalReason.NO_MEMBER_ADDRESS,
              "spec.nodeSelector",
              "matches "
                  + selected.size()
                  + " nodes, but none of them has an InternalIP "
                  + rule.wanted()
                  + "; give the kubelets one by --node-ip, or list spec.members"));
    }
    return ranked(
        selected.stream().filter(node -> usable.containsKey(node.name())).toList(), usable, self);
  }

  private Membership ranked(
      List<NodeFacts> able, Map<String, List<InetAddress>> usable, VipFacts self) {
    Map<String, Integer> ranks = Ranks.assign(able, self.remembered().ranks());
    List<Candidate> candidates = new ArrayList<>();
    ranks.forEach((name, rank) -> candidates.add(new Candidate(name, rank, wishes(name), null)));
    noteLeftOut(able, ranks);
    Map<String, Integer> priorities = Priorities.assign(candidates, notes);
    List<MemberConfig> members =
        candidates.stream()
            .map(
                candidate ->
                    new MemberConfig(
                        candidate.node(),
                        Objects.requireNonNull(usable.get(candidate.node())),
                        Objects.requireNonNull(priorities.get(candidate.node())),
                        null))
            .toList();
    return new Membership.Of(members, ranks, notes);
  }

  private void noteLeftOut(List<NodeFacts> able, Map<String, Integer> ranks) {
    if (ranks.size() == able.size()) {
      return;
    }
    String names =
        able.stream()
            .map(NodeFacts::name)
            .filter(name -> !ranks.containsKey(name))
            .sorted()
            .limit(5)
            .collect(Collectors.joining(", "));
    notes.add(
        new Note(
            "spec.nodeSelector",
            "matches "
                + able.size()
                + " nodes, and "
                + Ranks.LIMIT
                + " take part at most; left out: "
                + names
                + (able.size() - ranks.size() > 5 ? ", ..." : "")
                + "; narrow the selector"));
  }

  private Membership ofResource() {
    List<MemberConfig> listed = ConfigResolution.members(spec);
    List<Candidate> candidates = new ArrayList<>();
    for (int rank = 0; rank < listed.size(); rank++) {
      MemberConfig member = listed.get(rank);
      NodeWishes wishes = wishes(member.node());
      candidates.add(
          new Candidate(
              member.node(),
              rank,
              new NodeWishes(null, false, wishes.lowered()),
              member.priority()));
    }
    Map<String, Integer> priorities = Priorities.assign(candidates, notes);
    List<MemberConfig> members =
        listed.stream()
            .map(
                member ->
                    new MemberConfig(
                        member.node(),
                        member.addresses(),
                        Objects.requireNonNull(priorities.get(member.node())),
                        member.interfaceName()))
            .toList();
    return new Membership.Of(members, Map.of(), notes);
  }

  private NodeWishes wishes(String name) {
    NodeFacts node = nodes.get(name);
    if (node != null) {
      return NodeWishes.of(node, notes);
    }
    notes.add(
        new Note(
            "spec.members",
            name + " is no Node of this cluster; correct the name, or start an agent there"));
    return new NodeWishes(null, false, false);
  }
}
