package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.NodeRole;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the operator writes into the agents' part of the status: obituaries, and nothing else. */
final class Entries {
  private Entries() {}

  /** Entries of members that fell silent, with name, role and message alone. */
  static List<NodeStatus> silent(Situation situation) {
    Observation observation = situation.inputs().observation();
    List<NodeStatus> silent = new ArrayList<>();
    for (String node : situation.agents().silent()) {
      Sighting sighting = Objects.requireNonNull(observation.sightings().get(node));
      silent.add(
          unknown(
              node,
              "no heartbeat since "
                  + (sighting.heartbeat().isEmpty() ? "it was made" : sighting.heartbeat())
                  + ": the agent is dead or cannot reach an API server, or the node is down; look"
                  + " at its pod, and at node-agent status there"));
    }
    return silent;
  }

  static NodeStatus unknown(String node, @Nullable String message) {
    return new NodeStatus(
        node,
        NodeRole.UNKNOWN,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        message,
        null,
        null);
  }

  /**
   * Entries that belong to no member any more: at once where the node has just left, otherwise when
   * they have fallen silent, for somebody may run an agent there on purpose.
   */
  static List<EntryRemoval> removals(Situation situation) {
    Observation observation = situation.inputs().observation();
    List<NodeStatus> entries = observation.entries();
    List<EntryRemoval> removals = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      String node = entries.get(i).name();
      boolean belongs = situation.agents().members().contains(node);
      boolean left = observation.before().members().contains(node);
      if (!belongs && (left || !observation.fresh(node))) {
        removals.add(new EntryRemoval(i, node));
      }
    }
    removals.sort(Comparator.comparingInt(EntryRemoval::index).reversed());
    return removals;
  }
}
