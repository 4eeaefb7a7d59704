package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ServiceStatus;
import io.apiservervip.operator.model.EndpointsPlan;
import io.apiservervip.operator.model.Refusal;
import io.apiservervip.operator.model.ServiceFacts;
import io.apiservervip.operator.model.ServicePlan;
import io.apiservervip.operator.model.SlicePlan;
import io.apiservervip.operator.model.VipPlan;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The condition ServiceSynced, and the Service as the status shows it. */
final class ServiceCondition {
  private static final int MAX_LISTED = 64;

  private ServiceCondition() {}

  static Judgement of(VipPlan plan, ServiceState state) {
    ServicePlan service = plan.service();
    if (service == null) {
      return plan instanceof VipPlan.Refused refused
          ? Judgement.no(refused.refusal().reason().text(), refused.refusal().line())
          : Judgement.yes("Disabled", "spec.service.enabled is false");
    }
    Refusal blocked = service.blocked();
    if (blocked != null) {
      return Judgement.no(blocked.reason().text(), blocked.line());
    }
    String name = service.namespace() + "/" + service.name();
    if (state.error() != null) {
      return Judgement.no("WriteFailed", "Service " + name + ": " + state.error());
    }
    if (state.found() == null) {
      return Judgement.no("Missing", "Service " + name + " is not there yet");
    }
    if (service.candidates().isEmpty()) {
      return Judgement.no(
          "SourceUnknown",
          "no API server is known, so what was published stays; look at the EndpointSlices of"
              + " default/kubernetes, or list spec.loadBalancer.backends.static");
    }
    EndpointsPlan published = state.published();
    return published == null
        ? Judgement.no("NoEndpoints", "nothing is published behind Service " + name + " yet")
        : Judgement.yes("Synced", inStep(name, service, published));
  }

  private static String inStep(String name, ServicePlan service, EndpointsPlan published) {
    return "Service "
        + name
        + " port "
        + service.port()
        + " leads to "
        + ready(published).count()
        + " of "
        + published.addresses().size()
        + " API servers";
  }

  /** As the status shows it; null: there is nothing to be shown. */
  static @Nullable ServiceStatus status(VipPlan plan, ServiceState state) {
    ServiceFacts found = state.found();
    ServicePlan service = plan.service();
    if (found == null || service == null || service.foreign()) {
      return null;
    }
    EndpointsPlan published = state.published();
    return new ServiceStatus(
        found.clusterIps().isEmpty() ? null : found.clusterIps().getFirst().getHostAddress(),
        published == null
            ? List.of()
            : ready(published).map(InetAddress::getHostAddress).limit(MAX_LISTED).toList());
  }

  private static Stream<InetAddress> ready(EndpointsPlan published) {
    return published.slices().stream()
        .flatMap(slice -> slice.endpoints().stream())
        .filter(SlicePlan.Endpoint::ready)
        .map(SlicePlan.Endpoint::address);
  }
}
