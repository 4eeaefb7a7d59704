package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.IpPrefix;
import io.apiservervip.operator.model.NetworkRanges;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/** The ranges of Services, as clusters since Kubernetes 1.33 name them in ServiceCIDR objects. */
final class ServiceRanges {
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private ServiceRanges() {}

  /** What the cluster names; nothing where it knows no such objects, or may not be asked. */
  static NetworkRanges read(KubernetesClient client) {
    try {
      List<IpPrefix> services =
          client.resources(ServiceCIDR.class).list().getItems().stream()
              .filter(range -> range.getSpec() != null)
              .flatMap(range -> ClusterFacts.prefixes(range.getSpec().getCidrs()).stream())
              .toList();
      return new NetworkRanges(services, List.of());
    } catch (KubernetesClientException e) {
      if (e.getCode() < CLIENT_ERROR || e.getCode() >= SERVER_ERROR) {
        throw e;
      }
      return new NetworkRanges(List.of(), List.of());
    }
  }
}
