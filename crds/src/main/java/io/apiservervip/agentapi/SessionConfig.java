package io.apiservervip.agentapi;

import java.time.Duration;

/**
 * An established connection.
 *
 * @param idleTimeout zero: never
 * @param drainTimeout at shutdown, and for a removed backend
 * @param closeOnBackendDown closes connections to a backend that was marked Down
 */
public record SessionConfig(
    Duration idleTimeout,
    TcpKeepAlive tcpKeepAlive,
    Duration drainTimeout,
    boolean closeOnBackendDown) {

  /** Keep-alive of TCP: first probe after {@code idle}, then one an {@code interval}. */
  public record TcpKeepAlive(Duration idle, Duration interval, int probes) {
    public TcpKeepAlive {
      Require.positive("tcpKeepAlive.idle", idle);
      Require.positive("tcpKeepAlive.interval", interval);
      Require.range("tcpKeepAlive.probes", probes, 1, 127);
    }
  }

  public SessionConfig {
    Require.notNegative("idleTimeout", idleTimeout);
    Require.notNegative("drainTimeout", drainTimeout);
  }
}
