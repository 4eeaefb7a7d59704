package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import java.util.List;

/**
 * The backends of one listener, and how they are checked.
 *
 * @param listener its name, unique among the pools
 */
public record CheckedPool(String listener, HealthCheckConfig check, List<BackendAddress> backends) {
  public CheckedPool {
    backends = backends.stream().distinct().toList();
  }
}
