package io.apiservervip.e2e.demo;

import java.time.Duration;

/**
 * What one act of the demo showed, beside what it promises.
 *
 * @param gap longest time in which the client got no answer
 */
record Act(String title, String from, String to, Duration gap, Duration bound) {
  boolean worked() {
    return gap.compareTo(bound) <= 0 && !from.equals(to);
  }

  @Override
  public String toString() {
    return "%-4s %-22s %s -> %s   client without an answer: %3d ms (promised: at most %d ms)"
        .formatted(worked() ? "ok" : "FAIL", title, from, to, gap.toMillis(), bound.toMillis());
  }
}
