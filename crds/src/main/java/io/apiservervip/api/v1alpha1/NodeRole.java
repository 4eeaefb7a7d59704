package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Role of an agent, as its status entry says it. */
public enum NodeRole {
  @JsonProperty("Initialize")
  INITIALIZE,
  @JsonProperty("Backup")
  BACKUP,
  @JsonProperty("Active")
  ACTIVE,
  @JsonProperty("Fault")
  FAULT,
  @JsonProperty("Standby")
  STANDBY,
  @JsonProperty("Unknown")
  UNKNOWN
}
