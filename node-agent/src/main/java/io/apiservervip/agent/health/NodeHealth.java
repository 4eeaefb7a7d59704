package io.apiservervip.agent.health;

import io.apiservervip.agentapi.HealthConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Judges how well a node is off: the worst of its troubles counts, there is no sum. The backends of
 * the first listener, the API servers themselves, decide; those of others do not. As long as a
 * backend has not been checked yet nothing is held against the node for it.
 */
public final class NodeHealth {
  private NodeHealth() {}

  /**
   * The verdict on this node.
   *
   * @param backends of the first listener; none where the node does not balance
   * @param own addresses of this node: a backend at one of them is its own API server
   * @param canServe whether the proxy's sockets are bound and its event loops turn
   */
  public static Verdict verdict(
      HealthConfig weights,
      Collection<BackendHealth> backends,
      Set<InetAddress> own,
      boolean canServe) {
    List<BackendHealth> all = List.copyOf(backends);
    List<BackendHealth> local =
        all.stream().filter(b -> own.contains(b.address().address())).toList();
    int none = noneUp(all) ? weights.noBackendWeight() : 0;
    int ownSick = noneUp(local) ? weights.localApiServerWeight() : 0;
    int weight = Math.min(none, ownSick);
    if (!canServe) {
      return new Verdict(weight, false, "the proxy cannot serve");
    }
    if (weight == 0) {
      return new Verdict(0, true, "");
    }
    String reason =
        none == weight
            ? "no API server is up"
            : "the API server of this node is not up" + why(local.getFirst());
    return new Verdict(weight, true, reason);
  }

  /** Whether there are some, all were checked, and none is up. */
  private static boolean noneUp(List<BackendHealth> backends) {
    return !backends.isEmpty()
        && backends.stream().allMatch(b -> b.checked() && b.state() != BackendState.UP);
  }

  private static String why(BackendHealth backend) {
    return backend.lastError() == null ? "" : ": " + backend.lastError();
  }
}
