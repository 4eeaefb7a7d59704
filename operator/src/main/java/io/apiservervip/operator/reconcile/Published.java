package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.model.ApiServer;
import io.apiservervip.operator.model.EndpointsPlan;
import io.apiservervip.operator.model.SlicePlan;
import io.apiservervip.operator.model.SlicePlan.Family;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our own EndpointSlices as they stand, back to the planner's records. */
final class Published {
  private Published() {}

  /** What the Service has; null: it has no slice of ours. */
  static @Nullable EndpointsPlan of(List<HasMetadata> made, String namespace, String service) {
    List<SlicePlan> slices =
        slices(made)
            .filter(slice -> belongs(slice, namespace, service))
            .flatMap(Published::slice)
            .sorted(Comparator.comparing(SlicePlan::name))
            .toList();
    return slices.isEmpty() ? null : new EndpointsPlan(namespace, service, slices);
  }

  /** The API servers that they name. */
  static List<ApiServer> apiServers(List<HasMetadata> made) {
    return slices(made)
        .flatMap(slice -> ClusterFacts.apiServers(slice).stream())
        .distinct()
        .toList();
  }

  private static boolean belongs(EndpointSlice slice, String namespace, String service) {
    return namespace.equals(slice.getMetadata().getNamespace())
        && service.equals(
            ClusterFacts.orEmpty(slice.getMetadata().getLabels())
                .get(ApiServerSlices.SERVICE_LABEL));
  }

  private static Stream<EndpointSlice> slices(List<HasMetadata> made) {
    return made.stream().filter(EndpointSlice.class::isInstance).map(EndpointSlice.class::cast);
  }

  private static Stream<SlicePlan> slice(EndpointSlice slice) {
    List<EndpointPort> ports = ClusterFacts.orEmpty(slice.getPorts());
    Family family = Family.IPV6.text().equals(slice.getAddressType()) ? Family.IPV6 : Family.IPV4;
    if (ports.size() != 1 || ports.getFirst().getPort() == null) {
      return Stream.empty();
    }
    return Stream.of(
        new SlicePlan(
            slice.getMetadata().getName(),
            family,
            ports.getFirst().getPort(),
            ClusterFacts.orEmpty(slice.getEndpoints()).stream()
                .flatMap(Published::endpoint)
                .toList()));
  }

  private static Stream<SlicePlan.Endpoint> endpoint(Endpoint endpoint) {
    boolean ready =
        endpoint.getConditions() != null
            && Boolean.TRUE.equals(endpoint.getConditions().getReady());
    Stream<InetAddress> addresses =
        ClusterFacts.orEmpty(endpoint.getAddresses()).stream().flatMap(ClusterFacts::address);
    return addresses.map(address -> new SlicePlan.Endpoint(address, endpoint.getNodeName(), ready));
  }
}
