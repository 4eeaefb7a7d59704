package io.apiservervip.operator.status;

import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.operator.model.VipPlan;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a status is assembled from.
 *
 * @param spec null where it cannot be read, so that the plan is refused
 * @param stored the status as it stands in the resource, agents' entries and ours; null: none yet
 * @param observation of the entries of {@code stored}
 * @param begun since when the agents of ready pods run, by node and by that node's clock
 * @param service what became of the plan's Service
 * @param certificates of the API servers that were asked
 * @param checks the operator's own, where there are no agents
 */
public record StatusInputs(
    @Nullable ApiServerVipSpec spec,
    VipPlan plan,
    @Nullable ApiServerVipStatus stored,
    Observation observation,
    Rollout rollout,
    Map<String, Instant> begun,
    ServiceState service,
    Map<BackendAddress, ServerCertificate> certificates,
    Map<BackendAddress, BackendState> checks) {
  public StatusInputs {
    begun = Map.copyOf(begun);
    certificates = Map.copyOf(certificates);
    checks = Map.copyOf(checks);
  }
}
