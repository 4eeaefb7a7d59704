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
      boolean canServe,
      long nowNanos) {
    List<BackendHealth> all = List.copyOf(backends);
    List<BackendHealth> local =
        all.stream().filter(b -> own.contains(b.address().address())).toList();
    int none = noneUp(all) ? weights.noBackendWeight() : 0;
    int ownSick = noneUp(local) ? weights.localApiServerWeight() : 0;
    int weight = Math.min(none, ownSick);
    if (!canServe) {
      return new Verdict(weight, false, "the proxy cannot serve", nowNanos);
    }
    if (weight == 0) {
      return new Verdict(0, true, "", wellSince(all, local, nowNanos));
    }
    boolean nothing = none == weight;
    String reason =
        nothing
            ? "no API server is up"
            : "the API server of this node is not up" + why(local.getFirst());
    return new Verdict(weight, true, reason, newest(nothing ? all : local, nowNanos));
  }

  /** Whether there are some, all were checked, and none is up. */
  private static boolean noneUp(List<BackendHealth> backends) {
    return !backends.isEmpty()
        && backends.stream().allMatch(b -> b.checked() && b.state() != BackendState.UP);
  }

  private static String why(BackendHealth backend) {
    return backend.lastError() == null ? "" : ": " + backend.lastError();
  }

  /**
   * Until when it is proved that all is well: some API server passed its newest check, and so did
   * the one of this node if there is one. Where there is none to check, it always is.
   */
  private static long wellSince(List<BackendHealth> all, List<BackendHealth> local, long nowNanos) {
    if (all.isEmpty()) {
      return nowNanos;
    }
    long any = newest(passed(all), nowNanos);
    return local.isEmpty() ? any : earlier(any, newest(passed(local), nowNanos));
  }

  private static List<BackendHealth> passed(List<BackendHealth> backends) {
    return backends.stream()
        .filter(b -> b.checked() && b.state() == BackendState.UP && b.lastError() == null)
        .toList();
  }

  private static long newest(List<BackendHealth> backends, long nowNanos) {
    long newest = HealthState.longAgo(nowNanos);
    for (BackendHealth backend : backends) {
      newest = backend.checkedNanos() - newest > 0 ? backend.checkedNanos() : newest;
    }
    return newest;
  }

  private static long earlier(long aNanos, long bNanos) {
    return aNanos - bNanos < 0 ? aNanos : bNanos;
  }
}
