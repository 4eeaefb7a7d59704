package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a listener answers: on every address of the node, or on the virtual ones alone. */
public enum BindScope {
  @JsonProperty("All")
  ALL,
  @JsonProperty("Virtual")
  VIRTUAL
}
