package io.apiservervip.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agents themselves. */
public record AgentSpec(
    @Nullable String image,
    ImagePullPolicy imagePullPolicy,
    ResourcesSpec resources,
    int statusPort,
    List<String> statusAddresses,
    LogLevel logLevel,
    Deployment deployment) {
  public AgentSpec {
    statusAddresses = List.copyOf(statusAddresses);
  }
}
