package io.apiservervip.agent.health;

/**
 * What the health of a node means for the election.
 *
 * @param weight 0 (well) or less, added to the priority
 * @param canServe false: the proxy cannot serve, the node resigns whatever its weight
 * @param reason why it is not well, a phrase; empty where it is
 * @param checkedNanos monotonic time of the check that this rests on: whatever happened later is
 *     not in it. Who wants to know whether all is well <em>now</em> waits for a verdict whose time
 *     is later than now
 */
public record Verdict(int weight, boolean canServe, String reason, long checkedNanos) {}
