package io.apiservervip.operator.status;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.ConditionStatus;
import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every condition is judged by.
 *
 * @param holder node whose claim to be Active is valid; null: nobody
 * @param splitBrain the verdict; null: none
 * @param rivalsSince since when an Active has been hearing another; null: none does
 */
record Situation(
    StatusInputs inputs,
    Agents agents,
    BackendCount backends,
    @Nullable String holder,
    @Nullable String splitBrain,
    @Nullable Instant rivalsSince) {

  static Situation of(StatusInputs inputs) {
    Observation observation = inputs.observation();
    ApiServerVipStatus stored = inputs.stored();
    AgentConfig document = inputs.plan().document();
    Agents agents = Agents.of(inputs.plan(), observation);
    ActiveClaims claims = ActiveClaims.of(agents, observation);
    SplitBrainJudge judge = new SplitBrainJudge(agents, claims, observation, document);
    Instant rivalsSince = judge.rivalsSince();
    ConditionStatusEntry told = ConditionType.SPLIT_BRAIN.stored(stored);
    boolean standing = told != null && told.status() == ConditionStatus.TRUE;
    return new Situation(
        inputs,
        agents,
        BackendCount.of(inputs.plan(), agents, inputs.checks()),
        claims.holder(stored == null ? null : stored.activeNode()),
        judge.verdict(rivalsSince, standing),
        rivalsSince);
  }

  /** There are virtual addresses to be held. */
  boolean virtual() {
    AgentConfig document = inputs.plan().document();
    return document != null && document.vrrp() != null;
  }

  Instant now() {
    return inputs.observation().now();
  }
}
