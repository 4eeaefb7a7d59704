package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Host;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an agent counts, as on its page {@code /metrics}: values by name and labels in the
 * Prometheus text format.
 */
public record AgentMetrics(Map<String, Double> values) {
  private static final String LATE = "apiservervip_loop_late_seconds";

  public static AgentMetrics of(Host host) throws IOException, InterruptedException {
    return parse(StatusPort.get(host, "/metrics"));
  }

  static AgentMetrics parse(String text) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      int space = line.lastIndexOf(' ');
      if (!line.startsWith("#") && space > 0) {
        values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
      }
    }
    return new AgentMetrics(values);
  }

  /** Adverts that left, those with priority 0 left out. */
  public long advertsSent() {
    return Math.round(
        values.getOrDefault("apiservervip_vrrp_adverts_sent_total{resign=\"false\"}", 0.0));
  }

  /** Role changes, for whatever reason. */
  public long transitions() {
    return Math.round(
        values.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("apiservervip_vrrp_transitions_total"))
            .mapToDouble(Map.Entry::getValue)
            .sum());
  }

  public double worstLatenessSeconds() {
    return values.getOrDefault(LATE + "_max", 0.0);
  }

  /** How often the loop woke up later than asked, by the upper bound of the bucket in seconds. */
  public Map<String, Long> lateness() {
    Map<String, Long> buckets = new LinkedHashMap<>();
    long before = 0;
    for (Map.Entry<String, Double> entry : values.entrySet()) {
      if (entry.getKey().startsWith(LATE + "_bucket{le=\"")) {
        String bound = entry.getKey().split("\"", -1)[1];
        long upTo = Math.round(entry.getValue());
        buckets.put(bound, upTo - before);
        before = upTo;
      }
    }
    return buckets;
  }
}
