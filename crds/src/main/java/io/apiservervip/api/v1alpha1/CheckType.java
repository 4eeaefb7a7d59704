package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a health check does with a backend. */
public enum CheckType {
  @JsonProperty("Tcp")
  TCP,
  @JsonProperty("Tls")
  TLS,
  @JsonProperty("Https")
  HTTPS,
  @JsonProperty("Http")
  HTTP
}
