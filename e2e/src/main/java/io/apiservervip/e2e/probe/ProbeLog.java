package io.apiservervip.e2e.probe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts of a probe that have ended. Keeps the last hour at one attempt every 5 ms; older ones
 * are forgotten. Written by the probe's thread, read by others, under the object's lock.
 */
public final class ProbeLog {
  private static final int MOST = 720_000;

  /** Spans shorter than this are the pace of the probe and of the machine. */
  private static final long NOISE_NANOS = Duration.ofMillis(20).toNanos();

  /** An attempt that began this long before the last answer and failed still belongs to the gap. */
  private static final long LEAD_NANOS = Duration.ofMillis(50).toNanos();

  private final Deque<Attempt> attempts = new ArrayDeque<>();

  /** One connection; {@code server} is empty when no answer came in time. */
  record Attempt(long startNanos, long endNanos, String server) {
    boolean answered() {
      return !server.isEmpty();
    }
  }

  synchronized void add(Attempt attempt) {
    attempts.add(attempt);
    if (attempts.size() > MOST) {
      attempts.remove();
    }
  }

  /** Who answered last. */
  public synchronized Optional<String> lastServer() {
    for (var it = attempts.descendingIterator(); it.hasNext(); ) {
      Attempt attempt = it.next();
      if (attempt.answered()) {
        return Optional.of(attempt.server());
      }
    }
    return Optional.empty();
  }

  /** What the client saw between two readings of {@link System#nanoTime}. */
  public synchronized ProbeResult between(long fromNanos, long toNanos) {
    List<Attempt> window = window(fromNanos, toNanos);
    List<Long> failures =
        window.stream().filter(a -> !a.answered()).map(Attempt::startNanos).sorted().toList();
    Map<String, Integer> who = new LinkedHashMap<>();
    List<Attempt> answers = new ArrayList<>();
    for (Attempt attempt : window) {
      if (attempt.answered()) {
        answers.add(attempt);
        who.merge(attempt.server(), 1, Integer::sum);
      }
    }
    answers.sort(Comparator.comparingLong(Attempt::endNanos));
    long longest = 0;
    List<Duration> gaps = new ArrayList<>();
    long previous = fromNanos;
    for (Attempt answer : answers) {
      longest = Math.max(longest, addGap(gaps, failures, previous, answer.endNanos()));
      previous = answer.endNanos();
    }
    longest = Math.max(longest, addGap(gaps, failures, previous, Math.max(previous, toNanos)));
    return new ProbeResult(
        window.size(), failures.size(), gaps, Duration.ofNanos(longest), Map.copyOf(who));
  }

  /** Latest first: attempts are kept in the order in which they ended. */
  private List<Attempt> window(long fromNanos, long toNanos) {
    List<Attempt> window = new ArrayList<>();
    for (var it = attempts.descendingIterator(); it.hasNext(); ) {
      Attempt attempt = it.next();
      if (attempt.endNanos() < fromNanos) {
        break;
      }
      if (attempt.startNanos() >= fromNanos && attempt.startNanos() < toNanos) {
        window.add(attempt);
      }
    }
    return window;
  }

  private static long addGap(List<Duration> gaps, List<Long> failures, long from, long to) {
    long span = to - from;
    if (span > NOISE_NANOS
        && failures.stream().anyMatch(at -> at >= from - LEAD_NANOS && at <= to)) {
      gaps.add(Duration.ofNanos(span));
    }
    return span;
  }
}
