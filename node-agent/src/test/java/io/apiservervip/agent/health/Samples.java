package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.CheckType;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Values that the tests share. */
final class Samples {
  static final long MILLI = 1_000_000L;

  private Samples() {}

  /** The defaults of a resource. */
  static HealthCheckConfig defaults(boolean passive) {
    return new HealthCheckConfig(
        new HealthCheckConfig.Probe(CheckType.HTTPS, "/readyz", Duration.ofSeconds(1)),
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        2,
        3,
        passive);
  }

  /** Checks every 20 ms, which wait up to 5 s. */
  static HealthCheckConfig quick(CheckType type) {
    return new HealthCheckConfig(
        new HealthCheckConfig.Probe(type, "/readyz", Duration.ofSeconds(30)),
        Duration.ofMillis(20),
        Duration.ofMillis(20),
        2,
        3,
        true);
  }

  static BackendAddress backend(String ip) {
    return new BackendAddress(InetAddress.ofLiteral(ip), 6443);
  }

  static BackendHealth health(
      String ip, BackendState state, boolean checked, @Nullable String lastError) {
    return new BackendHealth(
        backend(ip), state, 0, Instant.EPOCH, lastError, checked ? 1_000_000L : -1, checked, null);
  }
}
