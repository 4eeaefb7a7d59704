package io.apiservervip.agent;

import io.apiservervip.agent.proxy.Backends;
import io.apiservervip.agent.proxy.FrontendSettings;
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
  static List<FrontendSettings> of(AgentConfig document) {
    LoadBalancerConfig balancer = document.loadBalancer();
    if (balancer == null) {
      return List.of();
    }
    List<InetAddress> virtual = virtual(document.vrrp());
    return balancer.listeners().stream()
        .map(
            listener ->
                new FrontendSettings(listener, balancer, virtual, Backends.of(document, listener)))
        .toList();
  }

  private static List<InetAddress> virtual(@org.jspecify.annotations.Nullable VrrpConfig vrrp) {
    return vrrp == null
        ? List.of()
        : vrrp.addresses().stream().map(VirtualAddressConfig::address).toList();
  }
}
