package io.apiservervip.agent.router;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was wrong within the last minute, a line each; at most 16. Owned by the loop thread. */
final class Warnings {
  private static final long KEEP_NANOS = 60_000_000_000L;
  private static final int MAX_LINES = 16;

  private record Line(String text, long nanos) {}

  private final Map<String, Line> lines = new LinkedHashMap<>();

  void add(String subject, String text, long nowNanos) {
    if (lines.size() < MAX_LINES || lines.containsKey(subject)) {
      lines.put(subject, new Line(text, nowNanos));
    }
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  List<String> current(long nowNanos) {
    lines.values().removeIf(line -> nowNanos - line.nanos() > KEEP_NANOS);
    return lines.values().stream().map(Line::text).toList();
  }
}
