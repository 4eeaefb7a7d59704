package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who carries the connections to the API servers. */
public enum LoadBalancerMode {
  @JsonProperty("Proxy")
  PROXY,
  @JsonProperty("None")
  NONE,
  @JsonProperty("Kernel")
  KERNEL
}
