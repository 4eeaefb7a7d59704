package io.apiservervip.agent.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The counters that are not 0, as {@code name{tag=value}}, in the order of their names. */
public final class CounterSnapshot {
  private CounterSnapshot() {}

  /** Reads them all. */
  public static Map<String, Long> of(MeterRegistry registry) {
    Map<String, Long> counters = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      if (meter instanceof Counter counter && counter.count() > 0) {
        counters.put(label(meter.getId()), (long) counter.count());
      }
    }
    return counters;
  }

  private static String label(Meter.Id id) {
    return id.getTags().isEmpty()
        ? id.getName()
        : id.getTags().stream()
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .collect(Collectors.joining(",", id.getName() + "{", "}"));
  }
}
