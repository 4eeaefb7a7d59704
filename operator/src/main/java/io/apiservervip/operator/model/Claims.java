package io.apiservervip.operator.model;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendsConfig;
import io.apiservervip.agentapi.ListenerConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.LoadBalancerResolution;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.VirtualAddressConfig;
import io.apiservervip.agentapi.VrrpConfig;
import io.apiservervip.agentapi.VrrpResolution;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.BindScope;
import io.apiservervip.api.v1alpha1.LoadBalancerMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a resource takes for itself alone: what its spec wants, or what its document in force holds.
 *
 * @param vrrp null without virtual addresses
 * @param sockets ports on its nodes
 * @param nodes on which its agents run
 * @param service namespace and name of its Service; null: none, or a document, which has none
 * @param clusterIp that it asks for; null: none
 */
record Claims(
    @Nullable VrrpConfig vrrp,
    List<Socket> sockets,
    Set<String> nodes,
    @Nullable String service,
    @Nullable String clusterIp) {

  /** Of somebody who takes nothing. */
  static final Claims NOTHING = new Claims(null, List.of(), Set.of(), null, null);

  /**
   * A port that is listened on.
   *
   * @param field that names it
   * @param anywhere on every address of the node; otherwise on virtual addresses, which only one
   *     resource can have
   */
  record Socket(String field, int port, boolean anywhere) {}

  Claims {
    sockets = List.copyOf(sockets);
    nodes = Set.copyOf(nodes);
  }

  /** What the spec wants. */
  static Claims wanted(ApiServerVipSpec spec, List<NodeFacts> nodes) {
    boolean service = spec.service().enabled();
    String serviceName = spec.service().namespace() + "/" + spec.service().name();
    boolean agents = !spec.addresses().isEmpty();
    return new Claims(
        agents ? VrrpResolution.resolve(spec, null) : null,
        agents ? sockets(balancer(spec), spec.agent().statusPort()) : List.of(),
        agents ? nodes(spec, nodes) : Set.of(),
        service ? serviceName : null,
        service ? spec.service().clusterIP() : null);
  }

  /** What the document in force holds. */
  static Claims held(@Nullable AgentConfig document) {
    if (document == null) {
      return NOTHING;
    }
    return new Claims(
        document.vrrp(),
        sockets(document.loadBalancer(), document.agent().statusPort()),
        document.members().stream().map(MemberConfig::node).collect(Collectors.toSet()),
        null,
        null);
  }

  /** The virtual addresses that these resources want or hold. */
  static List<VirtualAddressConfig> virtual(List<VipFacts> vips) {
    List<VirtualAddressConfig> virtual = new ArrayList<>();
    for (VipFacts vip : vips) {
      AgentConfig document = vip.remembered().document();
      if (document != null && document.vrrp() != null) {
        virtual.addAll(document.vrrp().addresses());
      }
      if (!vip.vip().spec().addresses().isEmpty()) {
        virtual.addAll(VrrpResolution.resolve(vip.vip().spec(), null).addresses());
      }
    }
    return virtual;
  }

  private static @Nullable LoadBalancerConfig balancer(ApiServerVipSpec spec) {
    if (spec.loadBalancer().mode() == LoadBalancerMode.NONE) {
      return null;
    }
    BackendsConfig backends = LoadBalancerResolution.backends(spec.loadBalancer());
    return LoadBalancerResolution.resolve(spec.loadBalancer(), backends);
  }

  private static Set<String> nodes(ApiServerVipSpec spec, List<NodeFacts> nodes) {
    return spec.members().isEmpty()
        ? NodeSelection.select(nodes, spec.nodeSelector()).stream()
            .map(NodeFacts::name)
            .collect(Collectors.toSet())
        : spec.members().stream().map(member -> member.node()).collect(Collectors.toSet());
  }

  private static List<Socket> sockets(@Nullable LoadBalancerConfig balancer, int statusPort) {
    List<Socket> sockets = new ArrayList<>();
    if (balancer != null) {
      for (ListenerConfig listener : balancer.listeners()) {
        sockets.add(
            new Socket(
                "spec.loadBalancer.listeners bindPort",
                listener.bindPort(),
                listener.bind() == BindScope.ALL));
      }
    }
    sockets.add(new Socket("spec.agent.statusPort", statusPort, true));
    return sockets;
  }
}
