package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.SessionConfig;

/**
 * Options of a connection (tcp(7)): keep-alive in seconds, and how long sent bytes may stay
 * unacknowledged: as long as keep-alive needs to find a dead peer.
 */
record TcpOptions(int keepIdleSeconds, int keepIntervalSeconds, int keepProbes) {
  static TcpOptions of(SessionConfig.TcpKeepAlive keepAlive) {
    return new TcpOptions(
        Math.clamp(keepAlive.idle().toSeconds(), 1, 32_767),
        Math.clamp(keepAlive.interval().toSeconds(), 1, 32_767),
        keepAlive.probes());
  }

  int userTimeoutMillis() {
    return (keepIdleSeconds + keepIntervalSeconds * keepProbes) * 1_000;
  }
}
