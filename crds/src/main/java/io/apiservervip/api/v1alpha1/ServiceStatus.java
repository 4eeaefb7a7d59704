package io.apiservervip.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Service as it is. */
public record ServiceStatus(@Nullable String clusterIP, @Nullable List<String> endpoints) {
  public ServiceStatus {
    endpoints = endpoints == null ? null : List.copyOf(endpoints);
  }
}
