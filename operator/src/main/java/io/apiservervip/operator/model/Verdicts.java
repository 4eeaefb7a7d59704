package io.apiservervip.operator.model;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.util.List;
import java.util.Map;

/** Who says which API servers are well. */
public sealed interface Verdicts {

  /**
   * The agents, one vote an entry.
   *
   * @param fresh entries of nodes that belong, with a fresh heartbeat
   */
  record OfAgents(List<NodeStatus> fresh) implements Verdicts {
    public OfAgents {
      fresh = List.copyOf(fresh);
    }
  }

  /** The operator's own checks, where there are no agents; what was not checked yet is absent. */
  record OfOperator(Map<BackendAddress, BackendState> states) implements Verdicts {
    public OfOperator {
      states = Map.copyOf(states);
    }
  }
}
