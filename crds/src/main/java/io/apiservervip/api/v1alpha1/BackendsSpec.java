package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The API servers. */
public record BackendsSpec(
    BackendSource source, @JsonProperty("static") List<StaticBackendSpec> servers) {
  public BackendsSpec {
    servers = List.copyOf(servers);
  }
}
