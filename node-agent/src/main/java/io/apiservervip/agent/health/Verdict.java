package io.apiservervip.agent.health;

/**
 * What the health of a node means for the election.
 *
 * @param weight 0 (well) or less, added to the priority
 * @param canServe false: the proxy cannot serve, the node resigns whatever its weight
 * @param reason why it is not well, a phrase; empty where it is
 * @param checkedNanos monotonic time of the newest check that bears this out: what happened later
 *     is not in it. Long past where the newest check speaks against it but was not yet enough to
 *     change it. A Backup that is offered an address at a time T knows that all is well with it
 *     once its weight is 0 and this is later than T
 */
public record Verdict(int weight, boolean canServe, String reason, long checkedNanos) {}
