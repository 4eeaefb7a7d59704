package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.CheckType;
import java.time.Duration;

/**
 * How a listener's backends are checked.
 *
 * @param downInterval between checks while the backend is NotReady or Down
 * @param rise good checks in a row that bring a backend up
 * @param fall bad checks in a row that take it down
 * @param passive failed connects count as failed checks
 */
public record HealthCheckConfig(
    Probe probe, Duration interval, Duration downInterval, int rise, int fall, boolean passive) {

  /**
   * One check.
   *
   * @param path of Https and Http; the other types do not use it
   */
  public record Probe(CheckType type, String path, Duration timeout) {
    public Probe {
      Require.that(
          path.startsWith("/"), "healthCheck.path: \"" + path + "\" does not start with /");
      Require.positive("healthCheck.timeout", timeout);
    }
  }

  public HealthCheckConfig {
    Require.positive("healthCheck.interval", interval);
    Require.positive("healthCheck.downInterval", downInterval);
    Require.range("healthCheck.rise", rise, 1, 100);
    Require.range("healthCheck.fall", fall, 1, 100);
  }
}
