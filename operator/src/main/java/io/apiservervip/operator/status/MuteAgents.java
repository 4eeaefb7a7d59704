package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Agents whose pod is ready and that have written no status since it began: they may not, or they
 * reach no API server. Both times are of the node's clock.
 */
final class MuteAgents {
  /** An agent writes within seconds of its start. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private MuteAgents() {}

  /** Their nodes, in the order of the document. */
  static List<String> of(Situation situation) {
    List<String> mute = new ArrayList<>();
    for (String node : situation.agents().members()) {
      Instant begun = situation.inputs().begun().get(node);
      if (begun != null
          && !situation.now().isBefore(begun.plus(PATIENCE))
          && !wroteSince(situation, node, begun)) {
        mute.add(node);
      }
    }
    return mute;
  }

  /** When the first that has not written yet will have had its time; null: all have. */
  static @Nullable Instant next(Situation situation) {
    return situation.inputs().begun().entrySet().stream()
        .filter(agent -> situation.agents().members().contains(agent.getKey()))
        .filter(agent -> !wroteSince(situation, agent.getKey(), agent.getValue()))
        .map(agent -> agent.getValue().plus(PATIENCE))
        .filter(time -> time.isAfter(situation.now()))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static boolean wroteSince(Situation situation, String node, Instant begun) {
    for (NodeStatus entry : situation.inputs().observation().entries()) {
      if (entry.name().equals(node)) {
        Instant written = Observation.time(entry.heartbeatTime());
        return written != null && !written.isBefore(begun);
      }
    }
    return false;
  }
}
