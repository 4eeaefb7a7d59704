package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.model.EndpointsPlan;
import io.apiservervip.operator.model.ServicePlan;
import io.apiservervip.operator.model.SlicePlan;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/**
 * The legacy Endpoints of the Service, for clients that know no slices. The label keeps Kubernetes
 * from copying it into slices beside ours.
 */
final class ApiServerEndpoints {
  private static final String SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";

  private ApiServerEndpoints() {}

  /** The object to be. */
  static Endpoints wanted(Owner owner, EndpointsPlan plan) {
    return new EndpointsBuilder()
        .withMetadata(
            new ObjectMetaBuilder(owner.meta(plan.namespace(), plan.service()))
                .addToLabels(SKIP_MIRROR, "true")
                .build())
        .withSubsets(plan.slices().stream().map(ApiServerEndpoints::subset).toList())
        .build();
  }

  private static EndpointSubset subset(SlicePlan slice) {
    return new EndpointSubsetBuilder()
        .withAddresses(addresses(slice, true))
        .withNotReadyAddresses(addresses(slice, false))
        .withPorts(
            new EndpointPortBuilder()
                .withName(ServicePlan.PORT_NAME)
                .withProtocol("TCP")
                .withPort(slice.port())
                .build())
        .build();
  }

  private static List<EndpointAddress> addresses(SlicePlan slice, boolean ready) {
    return slice.endpoints().stream()
        .filter(endpoint -> endpoint.ready() == ready)
        .map(
            endpoint ->
                new EndpointAddressBuilder()
                    .withIp(endpoint.address().getHostAddress())
                    .withNodeName(endpoint.node())
                    .build())
        .toList();
  }
}
