package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was wrong within the last minute, a line each; at most 16. Whoever has something to say asks
 * first whether it is due, so that a flood of packets costs no text. Owned by the loop thread.
 */
final class Warnings {
  private static final long KEEP_NANOS = 60_000_000_000L;
  private static final long REPEAT_NANOS = 10_000_000_000L;
  private static final int MAX_LINES = 16;

  private record Subject(String kind, InetAddress source) {}

  private record Line(String text, long nanos) {}

  private final Map<Subject, Line> lines = new LinkedHashMap<>();

  /** Whether it is time to say so (again): at most every 10 s for each kind and source. */
  boolean due(String kind, InetAddress source, long nowNanos) {
    Line line = lines.get(new Subject(kind, source));
    return line == null ? lines.size() < MAX_LINES : nowNanos - line.nanos() >= REPEAT_NANOS;
  }

  void add(String kind, InetAddress source, String text, long nowNanos) {
    if (due(kind, source, nowNanos)) {
      lines.put(new Subject(kind, source), new Line(text, nowNanos));
    }
  }

  List<String> current(long nowNanos) {
    lines.values().removeIf(line -> nowNanos - line.nanos() > KEEP_NANOS);
    return lines.values().stream().map(Line::text).toList();
  }
}
