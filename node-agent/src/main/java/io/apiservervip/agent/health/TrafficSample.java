package io.apiservervip.agent.health;

/**
 * What the connections of clients told of one backend since the last sample.
 *
 * @param failedConnects connects that failed
 * @param lostRaces connects that were given up because another backend answered first
 * @param unanswered first flights that it left unanswered
 * @param connectedNanos when a connect last succeeded, ever
 * @param answeredNanos when it last answered a first flight, ever
 */
public record TrafficSample(
    int failedConnects, int lostRaces, int unanswered, long connectedNanos, long answeredNanos) {}
