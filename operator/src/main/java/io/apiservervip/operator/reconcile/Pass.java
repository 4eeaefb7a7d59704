package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.Manifest;
import io.apiservervip.operator.model.VipPlan;
import io.apiservervip.operator.status.StatusPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one resource.
 *
 * @param manifest as it was read; null: it cannot be read, so the plan is refused
 * @param made what stands for this resource when the pass begins
 */
record Pass(
    Owner owner, VipPlan plan, @Nullable Manifest manifest, List<HasMetadata> made, Instant now) {

  /**
   * What came of it.
   *
   * @param again when another pass is wanted, though nothing changes; null: no need
   */
  record Result(StatusPlan status, @Nullable Instant again) {}

  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }
}
