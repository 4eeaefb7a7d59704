package io.apiservervip.agent;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.CheckedPool;
import io.apiservervip.agent.health.HealthChecks;
import io.apiservervip.agent.health.NodeHealth;
import io.apiservervip.agent.health.Verdict;
import io.apiservervip.agent.proxy.Backend;
import io.apiservervip.agent.proxy.BackendWatch;
import io.apiservervip.agent.proxy.FrontendSettings;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.agent.proxy.Proxy;
import io.apiservervip.agent.proxy.ProxyObserver;
import io.apiservervip.agent.proxy.ProxyPorts;
import io.apiservervip.agent.proxy.ServerHealth;
import io.apiservervip.agent.proxy.SessionView;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.MemberConfig;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The proxy of one agent with the checks of its backends, from start to drain. */
final class ProxyRunner implements AutoCloseable {
  private final String node;
  private final HealthChecks checks;
  private final Proxy proxy;
  private volatile AgentConfig config;

  private ProxyRunner(String node, AgentConfig config, Host host, Runnable changed) {
    this.node = node;
    this.config = config;
    this.checks =
        new HealthChecks(
            System::nanoTime,
            Clock.systemUTC(),
            new SplittableRandom(),
            ProgramVersion.text(),
            null,
            () -> healthChanged(changed));
    this.proxy =
        new Proxy(
            new ProxyPorts(
                host.observer(), watch(), this::serverHealth, host.holders(), host.pipeSize()),
            System::nanoTime,
            new SplittableRandom().nextLong());
  }

  /** What the proxy needs of this host and of the agent's counters. */
  record Host(
      ProxyObserver observer,
      io.apiservervip.agent.proxy.PortHolders holders,
      io.apiservervip.agent.proxy.PipeSize pipeSize) {}

  /**
   * Starts it.
   *
   * @param changed called on the check thread when a backend's state has changed
   */
  static ProxyRunner start(String node, AgentConfig config, Host host, Runnable changed) {
    ProxyRunner runner = new ProxyRunner(node, config, host, changed);
    runner.checks.start();
    runner.proxy.start();
    runner.reconfigure(config);
    return runner;
  }

  /** Serves as this document says from now on. */
  void reconfigure(AgentConfig next) {
    config = next;
    List<FrontendSettings> frontends = ProxyPlan.of(next);
    checks.reconfigure(
        frontends.stream()
            .map(
                f ->
                    new CheckedPool(
                        f.listener().name(),
                        f.listener().healthCheck(),
                        f.backends().stream().map(Backend::address).toList()))
            .toList());
    proxy.reconfigure(frontends);
  }

  private void healthChanged(Runnable changed) {
    proxy.healthChanged();
    changed.run();
  }

  /** How well this node is off, for its election. */
  Verdict verdict() {
    AgentConfig document = config;
    LoadBalancerConfig balancer = document.loadBalancer();
    MemberConfig self = document.member(node);
    if (balancer == null) {
      return new Verdict(0, true, "", System.nanoTime());
    }
    String trouble = proxy.cannotServe();
    Set<InetAddress> own = self == null ? Set.of() : Set.copyOf(self.addresses());
    return NodeHealth.verdict(
        document.health(),
        checks.snapshot(balancer.listeners().getFirst().name()).values(),
        own,
        trouble == null,
        System.nanoTime());
  }

  @Nullable String cannotServe() {
    return proxy.cannotServe();
  }

  List<ListenerStatus> status() {
    return proxy.status();
  }

  CompletableFuture<List<SessionView>> sessions(int limit) {
    return proxy.sessions(limit);
  }

  Map<BackendAddress, BackendHealth> health(String listener) {
    return checks.snapshot(listener);
  }

  CompletableFuture<Integer> resetSessions(Set<InetAddress> addresses) {
    return proxy.resetSessions(addresses);
  }

  private Map<BackendAddress, ServerHealth> serverHealth(String listener) {
    Map<BackendAddress, ServerHealth> known = new HashMap<>();
    checks
        .snapshot(listener)
        .forEach(
            (address, health) -> {
              if (health.checked()) {
                known.put(address, new ServerHealth(health.state(), health.sinceNanos(), true));
              }
            });
    return known;
  }

  private BackendWatch watch() {
    return new BackendWatch() {
      @Override
      public void connectSucceeded(String listener, BackendAddress backend) {
        checks.connectSucceeded(listener, backend);
      }

      @Override
      public void connectFailed(String listener, BackendAddress backend, boolean lostRace) {
        checks.connectFailed(listener, backend, lostRace);
      }

      @Override
      public void answered(String listener, BackendAddress backend) {
        checks.firstFlightAnswered(listener, backend);
      }

      @Override
      public void unanswered(String listener, BackendAddress backend) {
        checks.firstFlightUnanswered(listener, backend);
      }
    };
  }

  /** Ends the sessions within drainTimeout, then everything. */
  @Override
  public void close() {
    LoadBalancerConfig balancer = config.loadBalancer();
    try {
      proxy.drain(balancer == null ? Duration.ZERO : balancer.session().drainTimeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    proxy.close();
    checks.close();
  }
}
