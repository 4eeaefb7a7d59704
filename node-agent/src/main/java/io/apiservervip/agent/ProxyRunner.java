package io.apiservervip.agent;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.CheckObserver;
import io.apiservervip.agent.health.HealthChecks;
import io.apiservervip.agent.health.NodeHealth;
import io.apiservervip.agent.health.Verdict;
import io.apiservervip.agent.health.WorseNews;
import io.apiservervip.agent.observe.ProxyView;
import io.apiservervip.agent.observe.SessionSource;
import io.apiservervip.agent.proxy.BackendWatch;
import io.apiservervip.agent.proxy.FrontendSettings;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.agent.proxy.Proxy;
import io.apiservervip.agent.proxy.ProxyObserver;
import io.apiservervip.agent.proxy.ProxyPorts;
import io.apiservervip.agent.proxy.ServerHealth;
import io.apiservervip.agent.proxy.SessionView;
import io.apiservervip.agent.proxy.Translator;
import io.apiservervip.agent.router.AddressCompanion;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy of one agent, the checks of its backends and the translation of its ports, from start
 * to drain.
 */
final class ProxyRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProxyRunner.class);

  private static final long RESET_MILLIS = 500;

  private final String node;
  private final HealthChecks checks;
  private final Proxy proxy;
  private final Translator translator;
  private final Runnable changed;
  private volatile AgentConfig config;

  private ProxyRunner(
      String node,
      AgentConfig config,
      AgentHost host,
      Runnable loopBegins,
      ProxyObserver observer,
      Runnable changed) {
    this.node = node;
    this.config = config;
    this.changed = changed;
    this.checks =
        new HealthChecks(
            System::nanoTime,
            Clock.systemUTC(),
            new SplittableRandom(),
            ProgramVersion.text(),
            null,
            new Checked());
    this.proxy =
        new Proxy(
            new ProxyPorts(
                observer,
                new Watch(),
                this::serverHealth,
                host.holders(),
                host.pipeSize(),
                loopBegins),
            System::nanoTime,
            new SplittableRandom().nextLong());
    this.translator = new Translator(host.translation().apply(config.name()));
  }

  /**
   * Starts it.
   *
   * @param changed called on the check thread when a check has ended or a state has changed
   */
  static ProxyRunner start(
      String node, AgentConfig config, AgentHost host, ProxyObserver observer, Runnable changed) {
    ProxyRunner runner =
        new ProxyRunner(node, config, host, raise(host.priority()), observer, changed);
    runner.checks.start();
    runner.proxy.start();
    runner.reconfigure(config);
    return runner;
  }

  /** What an event loop's thread does first, once all others were raised. */
  private static Runnable raise(AgentHost.Priority priority) {
    int errno = priority.raise();
    if (errno == 0) {
      return priority::ordinary;
    }
    LOG.atInfo()
        .addKeyValue("errno", errno)
        .log("the agent's threads are not raised: grant CAP_SYS_NICE for busy machines");
    return () -> {};
  }

  /** Serves as this document says from now on. */
  void reconfigure(AgentConfig next) {
    config = next;
    List<FrontendSettings> frontends = ProxyPlan.frontends(next);
    checks.reconfigure(ProxyPlan.pools(frontends));
    proxy.reconfigure(frontends);
    translator.listeners(ProxyPlan.translated(next));
  }

  /** How well this node is off, for its election. */
  Verdict verdict() {
    AgentConfig document = config;
    MemberConfig self = document.member(node);
    LoadBalancerConfig balancer = document.loadBalancer();
    if (balancer == null) {
      return new Verdict(0, true, "");
    }
    return NodeHealth.verdict(
        document.health(),
        checks.snapshot(balancer.listeners().getFirst().name()).values(),
        self == null ? Set.of() : Set.copyOf(self.addresses()),
        proxy.cannotServe() == null);
  }

  /** How long another node's checks may take to find what ours have found. */
  Duration noticing() {
    LoadBalancerConfig balancer = config.loadBalancer();
    return balancer == null
        ? Duration.ZERO
        : WorseNews.patience(balancer.listeners().getFirst().healthCheck());
  }

  /** Puts back what somebody else removed; main thread, now and then. */
  void tend() {
    if (translator.tend(System.nanoTime())) {
      LOG.warn("the translation of ports was flushed by somebody else and is back");
    }
  }

  /** What keeps it from serving; null where nothing does. */
  @Nullable String cannotServe() {
    return proxy.cannotServe();
  }

  ProxyView view() {
    AgentConfig document = config;
    Verdict verdict = verdict();
    List<ListenerStatus> listeners = proxy.status();
    String trouble = proxy.cannotServe();
    return new ProxyView(
        listeners,
        listeners.stream()
            .collect(
                Collectors.toMap(
                    ListenerStatus::name, l -> List.copyOf(checks.snapshot(l.name()).values()))),
        new ProxyView.Serving(
            verdict.weight(), verdict.canServe(), trouble == null ? verdict.reason() : trouble),
        ProxyPlan.virtual(document).stream().map(InetAddress::getHostAddress).toList(),
        translator.problem());
  }

  /** Its live sessions. */
  SessionSource sessions() {
    return new SessionSource() {
      @Override
      public int total() {
        return proxy.connections();
      }

      @Override
      public CompletableFuture<List<SessionView>> list(int limit) {
        return proxy.sessions(limit);
      }
    };
  }

  /** What comes and goes with the virtual addresses. */
  AddressCompanion companion() {
    return new AddressCompanion() {
      @Override
      public void arriving(Set<InetAddress> addresses) {
        translator.arriving(addresses);
      }

      @Override
      public void leaving(Set<InetAddress> addresses) {
        try {
          int reset = proxy.resetSessions(addresses).get(RESET_MILLIS, TimeUnit.MILLISECONDS);
          LOG.atInfo().addKeyValue("addresses", addresses).log("{} sessions reset", reset);
        } catch (ExecutionException | TimeoutException e) {
          LOG.atWarn()
              .addKeyValue("addresses", addresses)
              .log("not all sessions were reset in time: {}", e.toString());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public void gone(Set<InetAddress> addresses) {
        translator.gone(addresses);
      }
    };
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

  private final class Checked implements CheckObserver {
    @Override
    public void checked(String listener, BackendHealth now) {
      changed.run();
    }

    @Override
    public void changed(String listener, BackendHealth now) {
      proxy.healthChanged();
      changed.run();
    }
  }

  private final class Watch implements BackendWatch {
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
    translator.close();
    proxy.close();
    checks.close();
  }
}
