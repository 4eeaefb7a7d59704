package io.apiservervip.agent.proxy;

import io.apiservervip.api.v1alpha1.BackendState;

/**
 * One API server of one listener, as the balancer sees it.
 *
 * @param index its place in every pool of the listener for as long as it has sessions: 0..63
 * @param checked whether anything is known of it; the state before is a guess
 * @param upSinceNanos when it came back; {@link #NEVER_DOWN}: it has not been away, no slow start
 * @param removed it left the document; its sessions drain
 */
record Server(
    int index,
    Backend backend,
    BackendState state,
    boolean checked,
    long upSinceNanos,
    boolean removed) {
  static final long NEVER_DOWN = Long.MIN_VALUE;

  /** This server in a set of servers. */
  long bit() {
    return 1L << index;
  }

  /** What is shown: Draining once it left the document. */
  BackendState shownState() {
    return removed ? BackendState.DRAINING : state;
  }

  /**
   * Its share of what its weight promises: from 10 % to 100 % over the slow start.
   *
   * @return 0.1..1.0
   */
  double share(long slowStartNanos, long nowNanos) {
    if (upSinceNanos == NEVER_DOWN || nowNanos - upSinceNanos >= slowStartNanos) {
      return 1;
    }
    long upNanos = Math.max(0, nowNanos - upSinceNanos);
    return 0.1 + 0.9 * upNanos / slowStartNanos;
  }
}
