package io.apiservervip.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operator and agents report. */
public record ApiServerVipStatus(
    @Nullable Long observedGeneration,
    @Nullable Integer virtualRouterId,
    @Nullable String activeNode,
    @Nullable Integer readyBackends,
    @Nullable Integer backends,
    @Nullable Integer readyAgents,
    @Nullable Integer desiredAgents,
    @Nullable StatusSummary summary,
    @Nullable List<ConditionStatusEntry> conditions,
    @Nullable List<NodeStatus> nodes,
    @Nullable List<CertificateStatus> certificates,
    @Nullable ServiceStatus service) {
  public ApiServerVipStatus {
    conditions = conditions == null ? null : List.copyOf(conditions);
    nodes = nodes == null ? null : List.copyOf(nodes);
    certificates = certificates == null ? null : List.copyOf(certificates);
  }
}
