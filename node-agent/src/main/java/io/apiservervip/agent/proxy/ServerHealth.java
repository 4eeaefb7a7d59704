package io.apiservervip.agent.proxy;

import io.apiservervip.api.v1alpha1.BackendState;

/**
 * What the checks say of one server, as far as the balancer wants to know.
 *
 * @param state Up, NotReady or Down
 * @param sinceNanos when it got this state
 * @param checked whether anything is known of it yet; the state before is a guess
 */
public record ServerHealth(BackendState state, long sinceNanos, boolean checked) {
  /** Of a server that no check knows: it is tried like any other. */
  static final ServerHealth UNKNOWN = new ServerHealth(BackendState.UP, 0, false);
}
