package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who starts the agents. */
public enum Deployment {
  @JsonProperty("DaemonSet")
  DAEMON_SET,
  @JsonProperty("StaticPod")
  STATIC_POD
}
