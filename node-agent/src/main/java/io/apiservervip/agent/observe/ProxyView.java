package io.apiservervip.agent.observe;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.proxy.BackendLoad;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.agentapi.BackendAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of the proxy and of the checks: an immutable snapshot.
 *
 * @param listeners in the order of the document
 * @param health what the checks say, by the listener's name; nothing for a listener without checks
 * @param clientNames addresses and DNS names by which clients reach the API servers and that each
 *     certificate must cover: the virtual addresses and the hosts entry
 * @param translationProblem why clients cannot use the listener's port on the virtual address, one
 *     line; null where they can, or where the listener is bound to that port itself
 */
public record ProxyView(
    List<ListenerStatus> listeners,
    Map<String, List<BackendHealth>> health,
    Serving serving,
    List<String> clientNames,
    @Nullable String translationProblem) {
  public ProxyView {
    listeners = List.copyOf(listeners);
    health = Map.copyOf(health);
    clientNames = List.copyOf(clientNames);
  }

  /**
   * What the proxy's health does to the virtual router.
   *
   * @param weight added to the priority; 0 or less
   * @param canServe false: the node resigns whatever its priority
   * @param reason why, a sentence; empty where nothing is wrong
   */
  public record Serving(int weight, boolean canServe, String reason) {}

  /**
   * One backend of one listener: what the balancer and what the checks say.
   *
   * @param health null where no check knows it, as for one that left the document
   */
  public record Row(BackendLoad load, @Nullable BackendHealth health) {}

  /** The backends of one listener in the order of its pool. */
  public List<Row> backends(ListenerStatus listener) {
    Map<BackendAddress, BackendHealth> checked = new HashMap<>();
    for (BackendHealth one : health.getOrDefault(listener.name(), List.of())) {
      checked.put(one.address(), one);
    }
    List<Row> rows = new ArrayList<>();
    for (BackendLoad load : listener.backends()) {
      rows.add(new Row(load, checked.get(load.address())));
    }
    return rows;
  }
}
