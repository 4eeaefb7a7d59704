package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.BackendsConfig;
import io.apiservervip.agentapi.ListenerConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.VrrpConfig;
import io.apiservervip.api.v1alpha1.BackendSource;
import io.apiservervip.api.v1alpha1.BindScope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds backends that are the proxy itself: a connection would go round until a limit ends it. */
public final class LoopCheck {
  private static final String PATH = "spec.loadBalancer.";

  private LoopCheck() {}

  /**
   * One line for each fault, with field and remedy.
   *
   * @param own addresses of this node; loopback need not be among them
   */
  public static List<String> problems(AgentConfig config, Set<InetAddress> own) {
    LoadBalancerConfig loadBalancer = config.loadBalancer();
    if (loadBalancer == null) {
      return List.of();
    }
    return loadBalancer.backends().source() == BackendSource.STATIC
        ? ofStatic(config, loadBalancer, own)
        : ofMembers(config, loadBalancer, own);
  }

  private static List<String> ofStatic(
      AgentConfig config, LoadBalancerConfig loadBalancer, Set<InetAddress> own) {
    Set<String> problems = new LinkedHashSet<>();
    List<BackendsConfig.Server> servers = loadBalancer.backends().servers();
    for (int i = 0; i < servers.size(); i++) {
      String field = PATH + "backends.static[" + i + "].address: ";
      for (ListenerConfig listener : loadBalancer.listeners()) {
        BackendAddress address = Backends.address(servers.get(i), listener);
        if (isVirtual(address, config.vrrp(), loadBalancer)) {
          problems.add(
              field
                  + address
                  + " is the virtual address itself, the proxy would connect to itself;"
                  + " name the API server's own address");
        } else if (isOwnSocket(address, loadBalancer, own)) {
          problems.add(
              field
                  + address
                  + " is the proxy's own socket, it would connect to itself;"
                  + " name the port of the API server, or another bindPort");
        }
      }
    }
    return List.copyOf(problems);
  }

  private static List<String> ofMembers(
      AgentConfig config, LoadBalancerConfig loadBalancer, Set<InetAddress> own) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < loadBalancer.listeners().size(); i++) {
      for (Backend backend : Backends.of(config, loadBalancer.listeners().get(i))) {
        if (isOwnSocket(backend.address(), loadBalancer, own)) {
          problems.add(
              PATH
                  + "listeners["
                  + i
                  + "].backendPort: "
                  + backend.address()
                  + " is the proxy's own socket, it would connect to itself;"
                  + " name the port of the API servers, or another bindPort");
        }
      }
    }
    return problems;
  }

  private static boolean isVirtual(
      BackendAddress address, @Nullable VrrpConfig vrrp, LoadBalancerConfig loadBalancer) {
    return vrrp != null
        && vrrp.addresses().stream().anyMatch(v -> v.address().equals(address.address()))
        && loadBalancer.listeners().stream()
            .anyMatch(l -> l.port() == address.port() || l.bindPort() == address.port());
  }

  private static boolean isOwnSocket(
      BackendAddress address, LoadBalancerConfig loadBalancer, Set<InetAddress> own) {
    return (address.address().isLoopbackAddress() || own.contains(address.address()))
        && loadBalancer.listeners().stream()
            .anyMatch(l -> l.bind() == BindScope.ALL && l.bindPort() == address.port());
  }
}
