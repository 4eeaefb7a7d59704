package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers of the tests: number 0 is 10.99.0.11:6443, number 1 is 10.99.0.12:6443, and so on. */
final class Pools {
  private Pools() {}

  static BackendAddress address(int number) {
    return new BackendAddress(InetAddress.ofLiteral("10.99.0." + (11 + number)), 6443);
  }

  static List<Backend> backends(int... weights) {
    List<Backend> backends = new ArrayList<>();
    for (int weight : weights) {
      backends.add(new Backend(address(backends.size()), weight));
    }
    return backends;
  }

  static Map<BackendAddress, ServerHealth> health(BackendState... states) {
    return healthSince(0, states);
  }

  static Map<BackendAddress, ServerHealth> healthSince(long sinceNanos, BackendState... states) {
    Map<BackendAddress, ServerHealth> health = new HashMap<>();
    for (BackendState state : states) {
      health.put(address(health.size()), new ServerHealth(state, sinceNanos, true));
    }
    return health;
  }

  /** Servers of weight 100 in these states. */
  static ServerPool of(BackendState... states) {
    int[] weights = new int[states.length];
    Arrays.fill(weights, 100);
    return ServerPool.of(backends(weights), health(states));
  }

  /** Servers of these weights, all Up. */
  static ServerPool weighted(int... weights) {
    return ServerPool.of(backends(weights), Map.of());
  }

  /** The same servers with other health. */
  static ServerPool withHealth(ServerPool pool, Map<BackendAddress, ServerHealth> health) {
    List<Backend> backends = new ArrayList<>();
    long removed = 0;
    for (Server server : pool.list()) {
      if (server.removed()) {
        removed |= server.bit();
      } else {
        backends.add(server.backend());
      }
    }
    return pool.next(backends, health, removed);
  }
}
