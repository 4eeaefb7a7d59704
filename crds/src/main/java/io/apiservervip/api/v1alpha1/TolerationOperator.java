package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Relation between a taint and a toleration. */
public enum TolerationOperator {
  @JsonProperty("Exists")
  EXISTS,
  @JsonProperty("Equal")
  EQUAL
}
