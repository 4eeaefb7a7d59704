package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges how well a node is off: the worst of its troubles counts, there is no sum. The backends of
 * the first listener, the API servers themselves, decide; those of others do not. ★
 */
public final class NodeHealth {
  private NodeHealth() {}

  /**
   * The verdict on this node.
   *
   * @param backends of the first listener
   * @param own addresses of this node: a backend at one of them is its API server
   * @param canServe whether the proxy's sockets are bound and its event loops turn
   * @param nowNanos the verdict's time where no check is behind it
   */
  public static Verdict verdict(
      HealthConfig weights,
      Collection<BackendHealth> backends,
      Set<InetAddress> own,
      boolean canServe,
      long nowNanos) {
    @Nullable BackendHealth local =
        backends.stream().filter(b -> own.contains(b.address().address())).findFirst().orElse(null);
    boolean localSick = local != null && local.checked() && local.state() != BackendState.UP;
    boolean noneUp =
        backends.stream().allMatch(BackendHealth::checked)
            && backends.stream().noneMatch(b -> b.state() == BackendState.UP);
    int weight =
        Math.min(
            localSick ? weights.localApiServerWeight() : 0, noneUp ? weights.noBackendWeight() : 0);
    return new Verdict(weight, canServe, "", nowNanos);
  }

  static Comparator<BackendAddress> order() {
    return Comparator.comparing(BackendAddress::text);
  }
}
