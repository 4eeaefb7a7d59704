package io.apiservervip.agent.observe;

import org.jspecify.annotations.Nullable;

/**
 * What one backend of one listener does.
 *
 * @param rate null until two samples exist
 */
record Traffic(BackendTotals totals, @Nullable Rate rate) {
  static final Traffic NONE = new Traffic(BackendTotals.NONE, null);

  /** New connections and bytes a second, over the last few seconds. */
  record Rate(double connections, double fromClient, double toClient) {
    static final Rate ZERO = new Rate(0, 0, 0);

    Rate plus(Rate other) {
      return new Rate(
          connections + other.connections,
          fromClient + other.fromClient,
          toClient + other.toClient);
    }
  }
}
