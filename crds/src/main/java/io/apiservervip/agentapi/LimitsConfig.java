package io.apiservervip.agentapi;

import java.time.Duration;

/**
 * Limits of one agent.
 *
 * @param perSource connections of one client address; 0: no limit
 * @param perBackend connections to one backend; 0: no limit; beyond it clients queue
 * @param queueTimeout longest stay in that queue
 */
public record LimitsConfig(
    int maxConnections, int perSource, int perBackend, Duration queueTimeout) {
  public LimitsConfig {
    Require.range("maxConnections", maxConnections, 1, 1_000_000);
    Require.range("maxConnectionsPerSource", perSource, 0, 1_000_000);
    Require.range("maxConnectionsPerBackend", perBackend, 0, 1_000_000);
    Require.notNegative("queueTimeout", queueTimeout);
  }
}
