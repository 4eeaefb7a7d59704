package io.apiservervip.agent;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.CheckObserver;
import io.apiservervip.agent.health.CheckedPool;
import io.apiservervip.agent.health.HealthChecks;
import io.apiservervip.agent.preflight.Finding;
import io.apiservervip.agent.preflight.ServerFindings;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.Manifest;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The API servers of the document, asked by the agent's own checks on their own thread. */
final class ApiServerLook implements AutoCloseable {
  private static final long STEP_MILLIS = 50;

  private final HealthChecks checks;
  private final List<CheckedPool> pools;
  private final List<String> names;

  private ApiServerLook(HealthChecks checks, List<CheckedPool> pools, List<String> names) {
    this.checks = checks;
    this.pools = pools;
    this.names = names;
  }

  /** Begins to ask. */
  static ApiServerLook start(AgentConfig document, Manifest manifest) {
    List<CheckedPool> pools = ProxyPlan.pools(ProxyPlan.frontends(document));
    List<String> names =
        new ArrayList<>(
            ProxyPlan.virtual(document).stream().map(InetAddress::getHostAddress).toList());
    String hostsEntry = manifest.vip().spec().nodeLocal().hostsEntry();
    if (hostsEntry != null) {
      names.add(hostsEntry);
    }
    HealthChecks checks =
        new HealthChecks(
            System::nanoTime,
            Clock.systemUTC(),
            new SplittableRandom(),
            ProgramVersion.text(),
            null,
            new CheckObserver() {}); // the snapshot says all
    if (!pools.isEmpty()) {
      checks.start();
      checks.reconfigure(pools);
    }
    return new ApiServerLook(checks, pools, names);
  }

  /** What is known when all have settled, or after so long. */
  List<Finding> findings(long begunNanos, long patienceNanos) {
    long end = begunNanos + patienceNanos;
    while (!allSettled() && System.nanoTime() < end) {
      pause();
    }
    return known().values().stream()
        .flatMap(health -> ServerFindings.of(health, names, Clock.systemUTC().instant()).stream())
        .toList();
  }

  private boolean allSettled() {
    Map<BackendAddress, BackendHealth> known = known();
    return known.values().stream().allMatch(ServerFindings::settled)
        && pools.stream().allMatch(pool -> known.keySet().containsAll(pool.backends()));
  }

  /** Each server once, in the document's order. */
  private Map<BackendAddress, BackendHealth> known() {
    Map<BackendAddress, BackendHealth> known = new LinkedHashMap<>();
    for (CheckedPool pool : pools) {
      checks.snapshot(pool.listener()).forEach(known::putIfAbsent);
    }
    return known;
  }

  private static void pause() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    checks.close();
  }
}
