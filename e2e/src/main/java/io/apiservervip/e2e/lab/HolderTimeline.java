package io.apiservervip.e2e.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When which host held one address. Times are microseconds since the epoch, as the witness on each
 * host stamped them. One thread at a time.
 */
public final class HolderTimeline {
  private final List<Change> changes = new ArrayList<>();

  /** A host got or lost the address. */
  public record Change(long atMicros, String node, boolean held) {}

  /** A span in which the number of holders was the same. */
  public record Span(long fromMicros, long toMicros, List<String> holders) {
    public long millis() {
      return (toMicros - fromMicros) / 1000;
    }
  }

  public void add(Change change) {
    changes.add(change);
  }

  /** The spans between {@code fromMicros} and {@code toMicros}, without holes, in order. */
  public List<Span> spans(long fromMicros, long toMicros) {
    List<Change> ordered = new ArrayList<>(changes);
    ordered.sort((a, b) -> Long.compare(a.atMicros(), b.atMicros()));
    Map<String, Boolean> held = new TreeMap<>();
    List<Span> spans = new ArrayList<>();
    long since = fromMicros;
    for (Change change : ordered) {
      if (change.atMicros() > toMicros) {
        break;
      }
      if (change.held() == held.getOrDefault(change.node(), false)) {
        continue;
      }
      if (change.atMicros() > since) {
        spans.add(new Span(since, change.atMicros(), holders(held)));
        since = change.atMicros();
      }
      held.put(change.node(), change.held());
    }
    spans.add(new Span(since, toMicros, holders(held)));
    return spans;
  }

  /** The same spans, as they are without one node. */
  public static List<Span> without(String node, List<Span> spans) {
    return spans.stream()
        .map(
            span ->
                new Span(
                    span.fromMicros(),
                    span.toMicros(),
                    span.holders().stream().filter(holder -> !holder.equals(node)).toList()))
        .toList();
  }

  /** Longest time, in milliseconds, with at least two holders. */
  public static long longestShared(List<Span> spans) {
    return longest(spans, 2, Integer.MAX_VALUE);
  }

  /** Longest time, in milliseconds, without a holder. */
  public static long longestWithout(List<Span> spans) {
    return longest(spans, 0, 0);
  }

  private static long longest(List<Span> spans, int least, int most) {
    long longest = 0;
    long run = 0;
    for (Span span : spans) {
      int holders = span.holders().size();
      run = holders >= least && holders <= most ? run + span.toMicros() - span.fromMicros() : 0;
      longest = Math.max(longest, run);
    }
    return longest / 1000;
  }

  private static List<String> holders(Map<String, Boolean> held) {
    return held.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }
}
