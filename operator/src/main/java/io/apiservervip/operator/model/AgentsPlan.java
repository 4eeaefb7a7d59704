package io.apiservervip.operator.model;

import io.apiservervip.api.v1alpha1.ImagePullPolicy;
import io.apiservervip.api.v1alpha1.ResourcesSpec;
import io.apiservervip.api.v1alpha1.TolerationSpec;
import java.util.List;

/**
 * The DaemonSet of the agents, as far as it depends on the resource.
 *
 * @param image one that the operator allows
 * @param statusPort of the probes
 * @param gracePeriodSeconds the drain time-out and 15 s, so that a hand-over and a drain fit in
 */
public record AgentsPlan(
    String image,
    ImagePullPolicy imagePullPolicy,
    ResourcesSpec resources,
    Placement placement,
    List<TolerationSpec> tolerations,
    int statusPort,
    long gracePeriodSeconds) {
  public AgentsPlan {
    tolerations = List.copyOf(tolerations);
  }
}
