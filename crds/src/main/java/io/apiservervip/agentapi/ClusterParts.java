package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.Password;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only a cluster tells of a document.
 *
 * @param members who may hold the addresses
 * @param backends the API servers; null: as the resource says, with the members in place of what
 *     would have to be looked up
 * @param password the one of a Secret, or the one of the resource; null: no authentication
 */
public record ClusterParts(
    List<MemberConfig> members, @Nullable BackendsConfig backends, @Nullable Password password) {
  public ClusterParts {
    members = List.copyOf(members);
  }
}
