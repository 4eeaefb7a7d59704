package io.apiservervip.operator.reconcile;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.CheckObserver;
import io.apiservervip.agent.health.CheckedPool;
import io.apiservervip.agent.health.HealthChecks;
import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The operator's own checks of the API servers: their readiness where there are no agents, and
 * their certificates. One event loop for all resources. Any thread.
 */
public final class ApiServerChecks implements AutoCloseable {
  private final HealthChecks checks;
  private final Map<String, CheckedPool> pools = new TreeMap<>();
  private volatile Consumer<String> listener = vip -> {};

  /**
   * Not yet running.
   *
   * @param version told to the API servers
   */
  public ApiServerChecks(String version) {
    this.checks =
        new HealthChecks(
            System::nanoTime,
            Clock.systemUTC(),
            RandomGenerator.getDefault(),
            version,
            null,
            new CheckObserver() {
              @Override
              public void changed(String vip, BackendHealth now) {
                listener.accept(vip);
              }
            });
  }

  /** From now on this one hears the name of a resource after each change of a state. */
  void listener(Consumer<String> next) {
    listener = next;
  }

  /** Checks nothing any more. */
  public synchronized void clear() {
    pools.clear();
    checks.reconfigure(List.of());
  }

  /** Begins to check. */
  public void start() {
    checks.start();
  }

  /** Checks these for a resource from now on; none: no longer. */
  synchronized void want(String vip, HealthCheckConfig check, List<BackendAddress> servers) {
    CheckedPool pool = new CheckedPool(vip, check, servers);
    CheckedPool before = servers.isEmpty() ? pools.remove(vip) : pools.put(vip, pool);
    boolean same = servers.isEmpty() ? before == null : pool.equals(before);
    if (!same) {
      checks.reconfigure(List.copyOf(pools.values()));
    }
  }

  /** Checks nothing for a resource any more. */
  synchronized void forget(String vip) {
    if (pools.remove(vip) != null) {
      checks.reconfigure(List.copyOf(pools.values()));
    }
  }

  /** States as far as they are known. */
  Map<BackendAddress, BackendState> states(String vip) {
    Map<BackendAddress, BackendState> states = new HashMap<>();
    checks
        .snapshot(vip)
        .forEach(
            (address, health) -> {
              if (health.checked()) {
                states.put(address, health.state());
              }
            });
    return states;
  }

  /** What the servers presented last, as far as it was seen. */
  Map<BackendAddress, ServerCertificate> certificates(String vip) {
    Map<BackendAddress, ServerCertificate> certificates = new HashMap<>();
    checks
        .snapshot(vip)
        .forEach(
            (address, health) -> {
              ServerCertificate certificate = health.certificate();
              if (certificate != null) {
                certificates.put(address, certificate);
              }
            });
    return certificates;
  }

  @Override
  public void close() {
    checks.close();
  }
}
