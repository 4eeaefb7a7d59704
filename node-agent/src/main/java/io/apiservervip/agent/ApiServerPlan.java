package io.apiservervip.agent;

import io.apiservervip.agent.kube.ApiServer;
import io.apiservervip.agent.kube.ApiServers;
import io.apiservervip.agent.proxy.Backends;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.MemberConfig;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which API servers this node's agent talks to, by the document. Pure. */
final class ApiServerPlan {
  private static final int PORT = 6443;

  private ApiServerPlan() {}

  /**
   * The backends of the first listener: the one on this node first, for it dies with the node, then
   * the others beginning at a place that differs between nodes. Never a virtual address.
   *
   * @param seeds the servers that came with the credentials, for when none of these answers
   */
  static ApiServers of(AgentConfig document, String node, List<ApiServer> seeds) {
    Set<String> virtual =
        ProxyPlan.virtual(document).stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.toSet());
    List<ApiServer> all =
        backends(document).filter(server -> !virtual.contains(server.host())).distinct().toList();
    return new ApiServers(
        ordered(all, own(document, node), node),
        seeds.stream().filter(seed -> !virtual.contains(seed.host())).toList());
  }

  private static Stream<ApiServer> backends(AgentConfig document) {
    LoadBalancerConfig balancer = document.loadBalancer();
    return balancer == null
        ? document.members().stream()
            .map(member -> new ApiServer(member.addresses().getFirst().getHostAddress(), PORT))
        : Backends.of(document, balancer.listeners().getFirst()).stream()
            .map(backend -> ApiServer.of(backend.address()));
  }

  private static Set<String> own(AgentConfig document, String node) {
    MemberConfig self = document.member(node);
    return self == null
        ? Set.of()
        : self.addresses().stream().map(InetAddress::getHostAddress).collect(Collectors.toSet());
  }

  private static List<ApiServer> ordered(List<ApiServer> all, Set<String> own, String node) {
    List<ApiServer> others =
        new ArrayList<>(all.stream().filter(server -> !own.contains(server.host())).toList());
    if (!others.isEmpty()) {
      Collections.rotate(others, Math.floorMod(node.hashCode(), others.size()));
    }
    List<ApiServer> ordered =
        new ArrayList<>(all.stream().filter(server -> own.contains(server.host())).toList());
    ordered.addAll(others);
    return ordered;
  }
}
