package io.apiservervip.agent.observe;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What one backend of one listener does.
 *
 * @param rate null until two samples exist
 */
public record Traffic(BackendTotals totals, @Nullable Rate rate) {
  static final Traffic NONE = new Traffic(BackendTotals.NONE, null);

  /** The rates of all of them together; null until there are any. */
  static @Nullable Rate sum(Collection<Traffic> all) {
    Rate sum = null;
    for (Traffic one : all) {
      Rate rate = one.rate;
      if (rate != null) {
        sum = sum == null ? rate : sum.plus(rate);
      }
    }
    return sum;
  }

  /** New connections and bytes a second, over the last few seconds. */
  public record Rate(double connections, double fromClient, double toClient) {
    Rate plus(Rate other) {
      return new Rate(
          connections + other.connections,
          fromClient + other.fromClient,
          toClient + other.toClient);
    }
  }
}
