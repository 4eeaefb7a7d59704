package io.apiservervip.agent.bootstrap;

import io.apiservervip.agent.health.CheckedPool;
import io.apiservervip.agent.proxy.Backend;
import io.apiservervip.agent.proxy.Backends;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.agentapi.ListenerConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.LoadBalancerResolution;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.VrrpConfig;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.apiservervip.api.v1alpha1.LoadBalancerMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom bootstrap asks, and how.
 *
 * @param servers API servers, this node's own one last: before its kubelet it mostly does not run
 * @param vip the virtual address with its port; null where there is none
 */
public record BootstrapPlan(
    List<BackendAddress> servers, @Nullable BackendAddress vip, HealthCheckConfig check) {
  static final String SERVERS = "servers";
  static final String VIP = "vip";
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int SHARE = 20;

  public BootstrapPlan {
    servers = List.copyOf(servers);
  }

  /** By the manifest's first listener, also where the agents do not balance themselves. */
  public static BootstrapPlan of(ApiServerVip vip, AgentConfig config, @Nullable String node) {
    LoadBalancerConfig balancer = config.loadBalancer();
    if (balancer == null) {
      balancer =
          LoadBalancerResolution.resolve(
              vip.spec().loadBalancer(),
              LoadBalancerResolution.backends(vip.spec().loadBalancer()));
    }
    ListenerConfig listener = balancer.listeners().getFirst();
    boolean balanced = vip.spec().loadBalancer().mode() != LoadBalancerMode.NONE;
    return new BootstrapPlan(
        servers(with(config, balancer), listener, node),
        vip(config.vrrp(), balanced ? listener.port() : listener.backendPort()),
        listener.healthCheck());
  }

  /**
   * What is to be checked after so long. Whoever does not answer is asked ever more seldom, every 5
   * s at last.
   *
   * @param waiting whether the virtual address is waited for
   */
  List<CheckedPool> pools(Duration elapsed, boolean waiting) {
    HealthCheckConfig patient = patient(elapsed);
    List<CheckedPool> pools = new ArrayList<>();
    pools.add(new CheckedPool(SERVERS, patient, servers));
    if (waiting && vip != null) {
      pools.add(new CheckedPool(VIP, patient, List.of(vip)));
    }
    return pools;
  }

  private HealthCheckConfig patient(Duration elapsed) {
    Duration pause = check.downInterval();
    while (pause.compareTo(LONGEST_PAUSE) < 0 && pause.multipliedBy(SHARE).compareTo(elapsed) < 0) {
      Duration next = pause.multipliedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }
    return new HealthCheckConfig(
        check.probe(), check.interval(), pause, check.rise(), check.fall(), false);
  }

  private static @Nullable BackendAddress vip(@Nullable VrrpConfig vrrp, int port) {
    return vrrp == null ? null : new BackendAddress(vrrp.addresses().getFirst().address(), port);
  }

  private static List<BackendAddress> servers(
      AgentConfig config, ListenerConfig listener, @Nullable String node) {
    MemberConfig self = node == null ? null : config.member(node);
    List<BackendAddress> others = new ArrayList<>();
    List<BackendAddress> own = new ArrayList<>();
    for (Backend backend : Backends.of(config, listener)) {
      boolean mine = self != null && self.addresses().contains(backend.address().address());
      (mine ? own : others).add(backend.address());
    }
    others.addAll(own);
    return others;
  }

  private static AgentConfig with(AgentConfig config, LoadBalancerConfig balancer) {
    return new AgentConfig(
        config.name(),
        config.generation(),
        config.vrrp(),
        config.health(),
        balancer,
        config.agent(),
        config.members());
  }
}
