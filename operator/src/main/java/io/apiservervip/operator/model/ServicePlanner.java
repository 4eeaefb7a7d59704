package io.apiservervip.operator.model;

import io.apiservervip.agentapi.IpLiteral;
import io.apiservervip.api.v1alpha1.ServiceSpec;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans the Service of a resource, beside the one of that name that may be there already. */
final class ServicePlanner {
  private ServicePlanner() {}

  /** The clusterIP that the resource asks for; null: none. */
  static @Nullable InetAddress clusterIp(ServiceSpec spec) {
    String text = spec.clusterIP();
    return !spec.enabled() || text == null ? null : IpLiteral.parse(text);
  }

  /** The Service; null: none is wanted. */
  static @Nullable ServicePlan plan(
      VipFacts self, List<ServiceFacts> services, List<ApiServer> candidates) {
    ServiceSpec spec = self.vip().spec().service();
    if (!spec.enabled()) {
      return null;
    }
    return new ServicePlan(
        spec.namespace(),
        spec.name(),
        clusterIp(spec),
        spec.port(),
        candidates,
        blocked(self, services));
  }

  private static @Nullable Refusal blocked(VipFacts self, List<ServiceFacts> services) {
    ServiceSpec spec = self.vip().spec().service();
    String name = spec.namespace() + "/" + spec.name();
    for (ServiceFacts service : services) {
      if (service.fullName().equals(name)) {
        return self.name().equals(service.vip())
            ? blockedByOwn(clusterIp(spec), service)
            : new Refusal(
                RefusalReason.FOREIGN_SERVICE,
                "spec.service.name",
                "Service "
                    + name
                    + " exists and was not made for ApiServerVip "
                    + self.name()
                    + ", so it is left alone; set another service.name, or delete that Service");
      }
    }
    return null;
  }

  private static @Nullable Refusal blockedByOwn(
      @Nullable InetAddress wanted, ServiceFacts service) {
    if (wanted == null || service.clusterIps().isEmpty() || service.clusterIps().contains(wanted)) {
      return null;
    }
    return new Refusal(
        RefusalReason.CLUSTER_IP_IMMUTABLE,
        "spec.service.clusterIP",
        "Service "
            + service.fullName()
            + " has "
            + service.clusterIps().getFirst().getHostAddress()
            + ", and Kubernetes lets nobody change that; set the field back to it, or delete the"
            + " Service, and it is made anew with "
            + wanted.getHostAddress());
  }
}
