package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Authentication of version 2. */
public enum AuthenticationType {
  @JsonProperty("None")
  NONE,
  @JsonProperty("Password")
  PASSWORD
}
