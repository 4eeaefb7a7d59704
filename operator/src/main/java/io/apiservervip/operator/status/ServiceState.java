package io.apiservervip.operator.status;

import io.apiservervip.operator.model.EndpointsPlan;
import io.apiservervip.operator.model.ServiceFacts;
import org.jspecify.annotations.Nullable;

/**
 * What became of the Service of the plan.
 *
 * @param found the Service as it is; null: there is none
 * @param published its endpoints as they are; null: none were ever published
 * @param error what the API server answered to the last write; null: it took it
 */
public record ServiceState(
    @Nullable ServiceFacts found, @Nullable EndpointsPlan published, @Nullable String error) {

  /** Nothing is there yet. */
  public static final ServiceState NOTHING = new ServiceState(null, null, null);
}
