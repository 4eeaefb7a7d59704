package io.apiservervip.operator.status;

import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written and told of a resource.
 *
 * @param status the operator's part, to be applied whole and forced by the operator's one field
 *     manager. Its nodes are the entries of agents that fell silent, with name, role Unknown and
 *     message alone: what is left out of the next apply is given back to the agent
 * @param removals in one JSON patch each, in this order: the highest index comes first
 * @param memory for the next assembly
 * @param again when to assemble again at the latest, though nothing changes; null: no need
 */
public record StatusPlan(
    ApiServerVipStatus status,
    List<EntryRemoval> removals,
    List<EventPlan> events,
    StatusMemory memory,
    @Nullable Instant again) {
  public StatusPlan {
    removals = List.copyOf(removals);
    events = List.copyOf(events);
  }
}
