package io.apiservervip.operator.model;

import io.apiservervip.agentapi.AgentConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What earlier plans of a resource left in the cluster.
 *
 * @param document the one in force: the last that was written; null: none yet
 * @param ranks by node, as {@link VipPlan.Accepted#ranks()} gave them and {@link RankText} writes
 *     them at the document's object
 * @param apiServers those of our own EndpointSlices, ready or not; empty: none yet
 */
public record Remembered(
    @Nullable AgentConfig document, Map<String, Integer> ranks, List<ApiServer> apiServers) {

  /** Of a resource that is planned for the first time. */
  public static final Remembered NOTHING = new Remembered(null, Map.of(), List.of());

  public Remembered {
    ranks = Map.copyOf(ranks);
    apiServers = List.copyOf(apiServers);
  }
}
