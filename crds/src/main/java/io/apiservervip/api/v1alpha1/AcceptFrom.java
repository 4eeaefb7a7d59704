package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose adverts are heard. */
public enum AcceptFrom {
  @JsonProperty("Members")
  MEMBERS,
  @JsonProperty("Any")
  ANY
}
