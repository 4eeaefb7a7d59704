package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.IpPrefix;
import io.apiservervip.operator.model.ApiServer;
import io.apiservervip.operator.model.NodeFacts;
import io.apiservervip.operator.model.ServiceFacts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.net.InetAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects of the cluster to the planner's records; what cannot be read is left out. */
final class ClusterFacts {
  /** Annotations of Nodes that a plan depends on begin like this. */
  static final String OURS = "apiservervip.io/";

  private ClusterFacts() {}

  static NodeFacts node(Node node) {
    NodeSpec spec = node.getSpec();
    return new NodeFacts(
        node.getMetadata().getName(),
        created(node),
        internalIps(node),
        orEmpty(node.getMetadata().getLabels()),
        ours(orEmpty(node.getMetadata().getAnnotations())),
        spec != null && Boolean.TRUE.equals(spec.getUnschedulable()),
        spec == null ? List.of() : prefixes(spec.getPodCIDRs()));
  }

  static ServiceFacts service(Service service) {
    List<String> ips = service.getSpec() == null ? null : service.getSpec().getClusterIPs();
    return new ServiceFacts(
        service.getMetadata().getNamespace(),
        service.getMetadata().getName(),
        orEmpty(ips).stream().flatMap(ClusterFacts::address).toList(),
        Owner.vipOf(service));
  }

  /** The API servers of one slice; each port is one. */
  static List<ApiServer> apiServers(EndpointSlice slice) {
    List<ApiServer> servers = new ArrayList<>();
    for (Endpoint endpoint : orEmpty(slice.getEndpoints())) {
      for (EndpointPort port : orEmpty(slice.getPorts())) {
        if (port.getPort() != null) {
          orEmpty(endpoint.getAddresses()).stream()
              .flatMap(ClusterFacts::address)
              .map(address -> new ApiServer(address, port.getPort(), endpoint.getNodeName()))
              .forEach(servers::add);
        }
      }
    }
    return servers;
  }

  static List<IpPrefix> prefixes(@Nullable List<String> texts) {
    return orEmpty(texts).stream().map(IpPrefix::parse).filter(Objects::nonNull).toList();
  }

  /** The address that a text is; empty for anything else, such as "None". No name is looked up. */
  static Stream<InetAddress> address(String text) {
    try {
      return Stream.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }

  static Instant created(HasMetadata object) {
    return instant(object.getMetadata().getCreationTimestamp());
  }

  /** The time; the epoch where there is none. */
  static Instant instant(@Nullable String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  static Map<String, String> ours(Map<String, String> annotations) {
    Map<String, String> ours = new TreeMap<>(annotations);
    ours.keySet().removeIf(key -> !key.startsWith(OURS));
    return ours;
  }

  private static List<InetAddress> internalIps(Node node) {
    List<NodeAddress> all = node.getStatus() == null ? null : node.getStatus().getAddresses();
    return orEmpty(all).stream()
        .filter(address -> "InternalIP".equals(address.getType()))
        .flatMap(address -> address(address.getAddress()))
        .toList();
  }

  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
