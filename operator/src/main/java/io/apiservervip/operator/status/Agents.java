package io.apiservervip.operator.status;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import io.apiservervip.operator.model.VipPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agents that belong to a resource, with what their entries say. */
final class Agents {
  private final Observation observation;
  private final Set<String> members;
  private final Map<String, NodeStatus> fresh = new HashMap<>();

  private Agents(Observation observation, Set<String> members) {
    this.observation = observation;
    this.members = members;
    observation.fresh().stream()
        .filter(entry -> members.contains(entry.name()))
        .forEach(entry -> fresh.put(entry.name(), entry));
  }

  static Agents of(VipPlan plan, Observation observation) {
    AgentConfig document = plan.document();
    Set<String> members = new LinkedHashSet<>();
    if (document != null) {
      document.members().stream().map(MemberConfig::node).forEach(members::add);
    }
    return new Agents(observation, members);
  }

  /** Nodes that take part, in the order of the document. */
  Set<String> members() {
    return members;
  }

  /** Entries of members that were written lately, in the order of the document. */
  List<NodeStatus> fresh() {
    List<NodeStatus> entries = new ArrayList<>();
    for (String member : members) {
      NodeStatus entry = fresh.get(member);
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** Members whose entry has grown old; those that never wrote one are not among them. */
  Set<String> silent() {
    Set<String> silent = new LinkedHashSet<>(members);
    silent.retainAll(observation.sightings().keySet());
    silent.removeAll(fresh.keySet());
    return silent;
  }

  /** Members that can serve: they write, and are neither starting nor at fault. */
  List<NodeStatus> ready() {
    return fresh().stream().filter(entry -> serves(role(entry.name()))).toList();
  }

  private static boolean serves(@Nullable NodeRole role) {
    return role == NodeRole.ACTIVE || role == NodeRole.BACKUP || role == NodeRole.STANDBY;
  }

  /** The role that the agent itself wrote; null: none is known. */
  @Nullable NodeRole role(String node) {
    Sighting sighting = observation.sightings().get(node);
    return sighting == null ? null : sighting.role();
  }

  /** A role as people read it. */
  static String text(@Nullable NodeRole role) {
    return switch (role) {
      case null -> "without a role";
      case INITIALIZE -> "Initialize";
      case BACKUP -> "Backup";
      case ACTIVE -> "Active";
      case FAULT -> "Fault";
      case STANDBY -> "Standby";
      case UNKNOWN -> "Unknown";
    };
  }

  /** The entry of a member that was written lately; null: there is none. */
  @Nullable NodeStatus entry(String node) {
    return fresh.get(node);
  }

  /** When the first of them will have been silent for too long; null: nobody writes. */
  @Nullable Instant nextSilence() {
    return fresh.keySet().stream()
        .map(node -> observation.sightings().get(node))
        .filter(sighting -> sighting != null)
        .map(sighting -> sighting.writtenAt().plus(Observation.SILENCE))
        .min(Instant::compareTo)
        .orElse(null);
  }
}
