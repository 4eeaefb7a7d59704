package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one agent says of itself. */
public record NodeStatus(
    String name,
    @Nullable NodeRole role,
    @Nullable String lastTransitionTime,
    @Nullable String heartbeatTime,
    @Nullable String tookOverFrom,
    @Nullable String agentVersion,
    @Nullable Long observedGeneration,
    @JsonProperty("interface") @Nullable String interfaceName,
    @Nullable List<String> macs,
    @Nullable Integer priority,
    @Nullable Integer effectivePriority,
    @Nullable Boolean addressOwned,
    @Nullable Long transitions,
    @Nullable String message,
    @Nullable List<PeerStatus> peers,
    @Nullable List<BackendStatus> backends) {
  public NodeStatus {
    macs = macs == null ? null : List.copyOf(macs);
    peers = peers == null ? null : List.copyOf(peers);
    backends = backends == null ? null : List.copyOf(backends);
  }
}
