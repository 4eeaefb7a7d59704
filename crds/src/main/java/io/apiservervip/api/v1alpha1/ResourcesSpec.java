package io.apiservervip.api.v1alpha1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests and limits of a container. */
public record ResourcesSpec(
    @Nullable Map<String, String> requests, @Nullable Map<String, String> limits) {
  public ResourcesSpec {
    requests = requests == null ? null : Map.copyOf(requests);
    limits = limits == null ? null : Map.copyOf(limits);
  }
}
