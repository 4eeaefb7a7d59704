package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a backend is chosen for a new connection. */
public enum Algorithm {
  @JsonProperty("LeastConnections")
  LEAST_CONNECTIONS,
  @JsonProperty("RoundRobin")
  ROUND_ROBIN,
  @JsonProperty("Random")
  RANDOM,
  @JsonProperty("Source")
  SOURCE
}
