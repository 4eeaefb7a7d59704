package io.apiservervip.agentapi;

import java.time.Duration;

/**
 * When a member takes the addresses from a living one.
 *
 * @param preempt a higher priority takes the addresses back
 * @param preemptDelay only after the member has been healthy this long; zero without preempt
 * @param startupDelay no take-over this long after the agent's start
 */
public record TakeOverConfig(boolean preempt, Duration preemptDelay, Duration startupDelay) {
  public TakeOverConfig {
    Require.notNegative("preemptDelay", preemptDelay);
    Require.notNegative("startupDelay", startupDelay);
    Require.that(preempt || preemptDelay.isZero(), "preemptDelay: needs preempt: true");
  }
}
