package io.apiservervip.agent.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts documents that came into force and documents that were refused.
 *
 * @param reloads documents that came into force after the first
 * @param errors documents that were refused while the old one stayed in force
 */
public record ConfigMeters(Counter reloads, Counter errors) {
  /** Registers both counters. */
  public static ConfigMeters register(MeterRegistry registry) {
    return new ConfigMeters(
        registry.counter("apiservervip.config.reloads"),
        registry.counter("apiservervip.config.errors"));
  }
}
