package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the user wants. */
public record ApiServerVipSpec(
    List<String> addresses,
    @JsonProperty("interface") @Nullable String interfaceName,
    NodeSelectorSpec nodeSelector,
    List<TolerationSpec> tolerations,
    List<MemberSpec> members,
    VrrpSpec vrrp,
    HealthSpec health,
    LoadBalancerSpec loadBalancer,
    ServiceSpec service,
    NodeLocalSpec nodeLocal,
    AgentSpec agent) {
  public ApiServerVipSpec {
    addresses = List.copyOf(addresses);
    tolerations = List.copyOf(tolerations);
    members = List.copyOf(members);
  }
}
