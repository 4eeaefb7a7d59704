package io.apiservervip.operator.model;

import io.apiservervip.api.v1alpha1.ApiServerVip;
import java.time.Instant;

/**
 * A resource with what only the cluster knows of it.
 *
 * @param created creation time: in a conflict the older one keeps what it has
 */
public record VipFacts(ApiServerVip vip, Instant created, Remembered remembered) {

  /** Name of the resource. */
  public String name() {
    return vip.metadata().name();
  }

  /** Generation of its spec; 0 where the API server gave none. */
  public long generation() {
    Long generation = vip.metadata().generation();
    return generation == null ? 0 : generation;
  }
}
