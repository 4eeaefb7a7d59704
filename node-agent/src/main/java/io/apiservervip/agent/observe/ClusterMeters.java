package io.apiservervip.agent.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/**
 * Counts what became of the writes of this node's entry in the resource's status.
 *
 * @param written the API server took it
 * @param refused the API server answered and did not take it
 * @param unanswered no answer
 */
public record ClusterMeters(Counter written, Counter refused, Counter unanswered) {
  private static final String WRITES = "apiservervip.status.writes";

  /** Registers them, and whether an API server is in use. */
  public static ClusterMeters register(MeterRegistry registry, BooleanSupplier connected) {
    Gauge.builder("apiservervip.api.connected", () -> connected.getAsBoolean() ? 1 : 0)
        .register(registry);
    return new ClusterMeters(
        registry.counter(WRITES, "result", "written"),
        registry.counter(WRITES, "result", "refused"),
        registry.counter(WRITES, "result", "unanswered"));
  }
}
