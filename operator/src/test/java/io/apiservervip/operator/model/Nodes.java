package io.apiservervip.operator.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Nodes for tests. */
final class Nodes {
  static final Map<String, String> CONTROL_PLANE =
      Map.of("node-role.kubernetes.io/control-plane", "");
  private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

  private Nodes() {}

  /** A control-plane node {@code cp-NUMBER}, created that many hours after the first one. */
  static NodeFacts controlPlane(int number) {
    return node("cp-" + number, number, CONTROL_PLANE, Map.of());
  }

  static NodeFacts annotated(int number, Map<String, String> annotations) {
    return node("cp-" + number, number, CONTROL_PLANE, annotations);
  }

  /** Node number n has the address 10.99.(n / 250).(n % 250 + 1). */
  static NodeFacts node(
      String name, int number, Map<String, String> labels, Map<String, String> annotations) {
    return new NodeFacts(
        name,
        FIRST.plusSeconds(3600L * number),
        List.of(ClusterText.ip("10.99." + number / 250 + "." + (number % 250 + 1))),
        labels,
        annotations,
        false,
        List.of());
  }
}
