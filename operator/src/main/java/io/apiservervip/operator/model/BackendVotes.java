package io.apiservervip.operator.model;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.BackendStatus;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is said of an API server. One agent alone, lying or cut off, turns nothing: it takes
 * more than half of all entries with a fresh heartbeat, those that say nothing of it among them.
 */
public final class BackendVotes {
  private BackendVotes() {}

  /** Whether it may get new connections; what nobody has checked may. */
  public static boolean ready(BackendAddress backend, Verdicts verdicts) {
    return switch (verdicts) {
      case Verdicts.OfOperator(Map<BackendAddress, BackendState> states) ->
          good(states.get(backend));
      case Verdicts.OfAgents(List<NodeStatus> fresh) -> {
        String address = backend.text();
        long against = fresh.stream().filter(entry -> !good(state(entry, address))).count();
        yield 2 * against <= fresh.size();
      }
    };
  }

  private static @Nullable BackendState state(NodeStatus entry, String address) {
    for (BackendStatus backend :
        Objects.requireNonNullElse(entry.backends(), List.<BackendStatus>of())) {
      if (backend.address().equals(address)) {
        return backend.state();
      }
    }
    return null;
  }

  private static boolean good(@Nullable BackendState state) {
    return state == null || state == BackendState.UP;
  }
}
