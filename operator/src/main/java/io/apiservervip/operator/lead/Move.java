package io.apiservervip.operator.lead;

/** What a replica does with the Lease next. */
sealed interface Move {

  /**
   * Writes itself in as the holder.
   *
   * @param transitions the count to write
   */
  record Take(int transitions) implements Move {}

  /** Renews what it holds. */
  record Renew() implements Move {}

  /** Leaves it to its holder. */
  record Wait() implements Move {}
}
