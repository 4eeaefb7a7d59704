package io.apiservervip.operator.model;

import io.apiservervip.api.v1alpha1.SecretKeyRef;
import java.util.List;
import java.util.Map;

/**
 * What the operator sees of the cluster at one moment. The same view serves every resource.
 *
 * @param nodes all Nodes
 * @param apiServers from the EndpointSlices of default/kubernetes; empty means unknown, not none
 * @param vips all resources that could be read, the one that is planned among them or not
 * @param secrets what the resources' references point at; a missing key is a missing Secret
 * @param services all Services of the cluster
 */
public record ClusterView(
    List<NodeFacts> nodes,
    List<ApiServer> apiServers,
    List<VipFacts> vips,
    Map<SecretKeyRef, SecretText> secrets,
    List<ServiceFacts> services,
    NetworkRanges ranges,
    OperatorSettings settings) {
  public ClusterView {
    nodes = List.copyOf(nodes);
    apiServers = List.copyOf(apiServers);
    vips = List.copyOf(vips);
    secrets = Map.copyOf(secrets);
    services = List.copyOf(services);
  }
}
