package io.apiservervip.operator.lead;

import org.jspecify.annotations.Nullable;

/**
 * Port: the Lease in the cluster. Every method asks the API server once and throws a {@link
 * RuntimeException} where that fails, also when another replica wrote in between.
 */
public interface LeaseStore {
  /** The Lease; null where there is none. A write that follows replaces just this version. */
  @Nullable LeaseRecord read();

  /** Writes this holder with a new renewal time; creates the Lease where {@code read} saw none. */
  void write(LeaseRecord lease, boolean newHolder);
}
