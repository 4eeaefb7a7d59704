package io.apiservervip.agent;

import io.apiservervip.agent.health.CheckedPool;
import io.apiservervip.agent.proxy.Backend;
import io.apiservervip.agent.proxy.Backends;
import io.apiservervip.agent.proxy.FrontendSettings;
import io.apiservervip.agent.proxy.Translator;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.VirtualAddressConfig;
import io.apiservervip.agentapi.VrrpConfig;
import java.net.InetAddress;
import java.util.List;

/** From the document that all agents share to what the proxy's listeners run from. Pure. */
final class ProxyPlan {
  private ProxyPlan() {}

  /** One entry a listener; empty where there is no proxy. */
  static List<FrontendSettings> frontends(AgentConfig document) {
    LoadBalancerConfig balancer = document.loadBalancer();
    if (balancer == null) {
      return List.of();
    }
    List<InetAddress> virtual = virtual(document);
    return balancer.listeners().stream()
        .map(
            listener ->
                new FrontendSettings(listener, balancer, virtual, Backends.of(document, listener)))
        .toList();
  }

  /** The virtual addresses; empty without VRRP. */
  static List<InetAddress> virtual(AgentConfig document) {
    VrrpConfig vrrp = document.vrrp();
    return vrrp == null
        ? List.of()
        : vrrp.addresses().stream().map(VirtualAddressConfig::address).toList();
  }

  /** What is to be checked. */
  static List<CheckedPool> pools(List<FrontendSettings> frontends) {
    return frontends.stream()
        .map(
            f ->
                new CheckedPool(
                    f.listener().name(),
                    f.listener().healthCheck(),
                    f.backends().stream().map(Backend::address).toList()))
        .toList();
  }

  /** The ports that the kernel is to translate. */
  static List<Translator.Ports> translated(AgentConfig document) {
    LoadBalancerConfig balancer = document.loadBalancer();
    return balancer == null || document.vrrp() == null
        ? List.of()
        : balancer.listeners().stream()
            .filter(l -> l.port() != l.bindPort())
            .map(l -> new Translator.Ports(l.port(), l.bindPort()))
            .toList();
  }
}
