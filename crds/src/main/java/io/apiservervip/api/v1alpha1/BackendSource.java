package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the list of API servers comes from. */
public enum BackendSource {
  @JsonProperty("KubernetesService")
  KUBERNETES_SERVICE,
  @JsonProperty("Members")
  MEMBERS,
  @JsonProperty("Static")
  STATIC
}
