package io.apiservervip.operator.model;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendsConfig;
import io.apiservervip.agentapi.LoadBalancerConfig;
import io.apiservervip.agentapi.LoadBalancerResolution;
import io.apiservervip.agentapi.MemberConfig;
import io.apiservervip.agentapi.VrrpResolution;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.BackendSource;
import io.apiservervip.api.v1alpha1.ListenerSpec;
import io.apiservervip.api.v1alpha1.LoadBalancerSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The API servers of a resource, as its source names them, without those that would be a loop.
 *
 * <p>From default/kubernetes a server vanishes whenever it restarts. One that was known before
 * stays a candidate as long as its address is one of a node that takes part: whether it is well is
 * for the checks to say, and no document changes for a restart. An empty list means that nobody
 * knows, so all that were known stay.
 *
 * @param servers each once, in order of address; empty: unknown
 */
record ApiServers(List<ApiServer> servers, List<Note> notes) {
  /** Most that a document takes. */
  static final int LIMIT = 32;

  private static final int WEIGHT = 100;

  ApiServers {
    servers = List.copyOf(servers);
    notes = List.copyOf(notes);
  }

  /**
   * Finds them.
   *
   * @param members of the group; none where there is no virtual address
   */
  static ApiServers find(VipFacts self, ClusterView cluster, List<MemberConfig> members) {
    ApiServerVipSpec spec = self.vip().spec();
    int port = spec.loadBalancer().listeners().getFirst().backendPort();
    List<ApiServer> named =
        switch (spec.loadBalancer().backends().source()) {
          case STATIC -> ofResource(LoadBalancerResolution.backends(spec.loadBalancer()), port);
          case MEMBERS -> ofMembers(members, spec, port);
          case KUBERNETES_SERVICE ->
              ofService(self, cluster.apiServers(), hosts(spec, cluster, members), port);
        };
    return guarded(named, cluster);
  }

  private static List<ApiServer> ofResource(BackendsConfig backends, int port) {
    return backends.servers().stream()
        .map(s -> new ApiServer(s.address(), Objects.requireNonNullElse(s.port(), port), null))
        .toList();
  }

  private static List<ApiServer> ofMembers(
      List<MemberConfig> members, ApiServerVipSpec spec, int port) {
    boolean electsV4 = spec.addresses().isEmpty() || electsV4(spec);
    return members.stream()
        .map(
            member ->
                member.addresses().stream()
                    .filter(address -> MemberAddresses.v4(address) == electsV4)
                    .findFirst()
                    .orElse(member.addresses().getFirst()))
        .map(address -> new ApiServer(address, port, null))
        .toList();
  }

  private static boolean electsV4(ApiServerVipSpec spec) {
    return MemberAddresses.v4(VrrpResolution.resolve(spec, null).addresses().getFirst().address());
  }

  private static List<ApiServer> ofService(
      VipFacts self, List<ApiServer> published, Set<InetAddress> hosts, int port) {
    List<ApiServer> known = new ArrayList<>(published);
    Set<InetAddress> seen = new HashSet<>();
    published.forEach(server -> seen.add(server.address()));
    for (ApiServer server : remembered(self, port)) {
      boolean stays = published.isEmpty() || hosts.contains(server.address());
      if (stays && seen.add(server.address())) {
        known.add(server);
      }
    }
    return known;
  }

  private static List<ApiServer> remembered(VipFacts self, int port) {
    List<ApiServer> servers = new ArrayList<>(self.remembered().apiServers());
    AgentConfig document = self.remembered().document();
    LoadBalancerConfig balancer = document == null ? null : document.loadBalancer();
    if (balancer != null && balancer.backends().source() == BackendSource.STATIC) {
      servers.addAll(ofResource(balancer.backends(), port));
    }
    return servers;
  }

  private static Set<InetAddress> hosts(
      ApiServerVipSpec spec, ClusterView cluster, List<MemberConfig> members) {
    Set<InetAddress> hosts = new HashSet<>();
    members.forEach(member -> hosts.addAll(member.addresses()));
    if (members.isEmpty()) {
      NodeSelection.select(cluster.nodes(), spec.nodeSelector())
          .forEach(node -> hosts.addAll(node.internalIps()));
    }
    return hosts;
  }

  private static ApiServers guarded(List<ApiServer> named, ClusterView cluster) {
    LoopGuard guard = new LoopGuard(Claims.virtual(cluster.vips()), cluster.services());
    Map<InetAddress, String> nodes = new HashMap<>();
    cluster.nodes().forEach(n -> n.internalIps().forEach(ip -> nodes.putIfAbsent(ip, n.name())));
    List<Note> notes = new ArrayList<>();
    Set<ApiServer> kept = new LinkedHashSet<>();
    for (ApiServer server : named.stream().sorted(AddressOrder.BY_ADDRESS).toList()) {
      String objection = guard.objection(server.address());
      String node = server.node() == null ? nodes.get(server.address()) : server.node();
      ApiServer placed = new ApiServer(server.address(), server.port(), node);
      if (objection != null) {
        notes.add(note(server.address().getHostAddress() + " is " + objection + "; left out"));
      } else if (kept.size() < LIMIT) {
        kept.add(placed);
      } else if (!kept.contains(placed)) {
        notes.add(note(server.address().getHostAddress() + " is one too many; left out"));
      }
    }
    return new ApiServers(List.copyOf(kept), notes);
  }

  private static Note note(String message) {
    return new Note("spec.loadBalancer.backends", message);
  }

  /** As the document names them. */
  BackendsConfig document(LoadBalancerSpec spec) {
    BackendsConfig written = LoadBalancerResolution.backends(spec);
    List<BackendsConfig.Server> named =
        switch (spec.backends().source()) {
          case MEMBERS -> List.of();
          case STATIC -> written.servers().stream().filter(s -> knows(s.address())).toList();
          case KUBERNETES_SERVICE -> looked(spec.listeners());
        };
    return new BackendsConfig(
        named.isEmpty() ? BackendSource.MEMBERS : BackendSource.STATIC,
        named,
        written.algorithm(),
        written.slowStart());
  }

  private boolean knows(InetAddress address) {
    return servers.stream().anyMatch(server -> server.address().equals(address));
  }

  /** With one listener the servers' own port counts, with several each listener's backendPort. */
  private List<BackendsConfig.Server> looked(List<ListenerSpec> listeners) {
    int port = listeners.getFirst().backendPort();
    return servers.stream()
        .map(
            server ->
                new BackendsConfig.Server(
                    server.address(),
                    listeners.size() > 1 || server.port() == port ? null : server.port(),
                    WEIGHT))
        .toList();
  }
}
