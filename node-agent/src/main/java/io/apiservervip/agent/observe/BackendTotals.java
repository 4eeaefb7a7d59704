package io.apiservervip.agent.observe;

/**
 * What one backend of one listener did since the agent started, at one moment.
 *
 * @param failed connections that were not established, lost races left out
 */
public record BackendTotals(
    long connections, long fromClient, long toClient, long hedged, long replayed, long failed) {
  static final BackendTotals NONE = new BackendTotals(0, 0, 0, 0, 0, 0);
}
