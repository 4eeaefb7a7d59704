package io.apiservervip.agent.health;

/**
 * What the health of a node means for the election.
 *
 * @param weight 0 (well) or less, added to the priority
 * @param canServe false: the proxy cannot serve, the node resigns whatever its weight
 * @param reason why it is not well, a phrase; empty where it is
 */
public record Verdict(int weight, boolean canServe, String reason) {}
