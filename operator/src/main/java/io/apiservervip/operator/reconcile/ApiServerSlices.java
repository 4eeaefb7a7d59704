package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.model.EndpointsPlan;
import io.apiservervip.operator.model.ServicePlan;
import io.apiservervip.operator.model.SlicePlan;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;

/** The EndpointSlices of the Service, one a family and port. */
final class ApiServerSlices {
  /** Names the Service that a slice belongs to. */
  static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private ApiServerSlices() {}

  /** The objects to be, in the order of the plan. */
  static List<EndpointSlice> wanted(Owner owner, EndpointsPlan plan) {
    return plan.slices().stream().map(slice -> slice(owner, plan, slice)).toList();
  }

  private static EndpointSlice slice(Owner owner, EndpointsPlan plan, SlicePlan slice) {
    return new EndpointSliceBuilder()
        .withMetadata(
            new ObjectMetaBuilder(owner.meta(plan.namespace(), slice.name()))
                .addToLabels(SERVICE_LABEL, plan.service())
                .addToLabels(SlicePlan.MANAGED_BY_LABEL, SlicePlan.MANAGED_BY)
                .build())
        .withAddressType(slice.family().text())
        .withEndpoints(slice.endpoints().stream().map(ApiServerSlices::endpoint).toList())
        .withPorts(
            new EndpointPortBuilder()
                .withName(ServicePlan.PORT_NAME)
                .withProtocol("TCP")
                .withPort(slice.port())
                .build())
        .build();
  }

  private static Endpoint endpoint(SlicePlan.Endpoint endpoint) {
    return new EndpointBuilder()
        .withAddresses(endpoint.address().getHostAddress())
        .withNodeName(endpoint.node())
        .withNewConditions()
        .withReady(endpoint.ready())
        .withServing(endpoint.ready())
        .withTerminating(false)
        .endConditions()
        .build();
  }
}
