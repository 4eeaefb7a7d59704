package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.BackendsConfig;
import io.apiservervip.agentapi.ListenerConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.VrrpConfig;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API servers of one listener, as the document names them. */
public final class Backends {
  /** Of a backend that nobody gave one. */
  static final int DEFAULT_WEIGHT = 100;

  private Backends() {}

  /** In the order of the document, each address once. */
  public static List<Backend> of(AgentConfig config, ListenerConfig listener) {
    LoadBalancerConfig loadBalancer = config.loadBalancer();
    if (loadBalancer == null) {
      return List.of();
    }
    Map<BackendAddress, Backend> found = new LinkedHashMap<>();
    switch (loadBalancer.backends().source()) {
      case STATIC -> {
        for (BackendsConfig.Server server : loadBalancer.backends().servers()) {
          BackendAddress address = address(server, listener);
          found.putIfAbsent(address, new Backend(address, server.weight()));
        }
      }
      case MEMBERS, KUBERNETES_SERVICE -> {
        for (MemberConfig member : config.members()) {
          BackendAddress address =
              new BackendAddress(address(member, config.vrrp()), listener.backendPort());
          found.putIfAbsent(address, new Backend(address, DEFAULT_WEIGHT));
        }
      }
    }
    return List.copyOf(found.values());
  }

  static BackendAddress address(BackendsConfig.Server server, ListenerConfig listener) {
    Integer port = server.port();
    return new BackendAddress(server.address(), port == null ? listener.backendPort() : port);
  }

  /** The member's first address of the family that elects, else its first one. */
  private static InetAddress address(MemberConfig member, @Nullable VrrpConfig vrrp) {
    if (vrrp != null) {
      Class<?> family = vrrp.addresses().getFirst().address().getClass();
      for (InetAddress address : member.addresses()) {
        if (address.getClass() == family) {
          return address;
        }
      }
    }
    return member.addresses().getFirst();
  }
}
