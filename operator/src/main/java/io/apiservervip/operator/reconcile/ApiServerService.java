package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.model.ServicePlan;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The Service without selector. */
final class ApiServerService {
  private ApiServerService() {}

  /**
   * The object to be. Its clusterIP never changes: a Service that stands keeps its own, and the
   * status says what follows.
   *
   * @param live the Service as it stands; null: there is none
   */
  static Service wanted(Owner owner, ServicePlan plan, @Nullable Service live) {
    return new ServiceBuilder()
        .withMetadata(owner.meta(plan.namespace(), plan.name()))
        .withNewSpec()
        .withType("ClusterIP")
        .withClusterIP(clusterIp(plan.clusterIp(), live))
        .withPorts(
            new ServicePortBuilder()
                .withName(ServicePlan.PORT_NAME)
                .withProtocol("TCP")
                .withPort(plan.port())
                .build())
        .endSpec()
        .build();
  }

  private static @Nullable String clusterIp(@Nullable InetAddress wish, @Nullable Service live) {
    String standing = live == null || live.getSpec() == null ? null : live.getSpec().getClusterIP();
    if (wish == null) {
      return null;
    }
    return standing == null || standing.isEmpty() ? wish.getHostAddress() : standing;
  }
}
