package io.apiservervip.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that may hold the addresses. */
public record MemberSpec(
    String node,
    List<String> addresses,
    int priority,
    @JsonProperty("interface") @Nullable String interfaceName) {
  public MemberSpec {
    addresses = List.copyOf(addresses);
  }
}
