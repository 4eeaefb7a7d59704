package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How adverts travel. */
public enum Transport {
  @JsonProperty("Multicast")
  MULTICAST,
  @JsonProperty("Unicast")
  UNICAST
}
