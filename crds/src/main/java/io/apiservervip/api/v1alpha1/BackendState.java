package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the checks say about a backend. */
public enum BackendState {
  @JsonProperty("Up")
  UP,
  @JsonProperty("NotReady")
  NOT_READY,
  @JsonProperty("Down")
  DOWN,
  @JsonProperty("Draining")
  DRAINING
}
