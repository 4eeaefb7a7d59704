package io.apiservervip.e2e.nodes;

import io.apiservervip.e2e.probe.TlsAttempt;
import io.apiservervip.e2e.probe.TlsProbeResult;
import java.time.Duration;
import java.util.List;

/**
 * What a client at a steady pace saw through the virtual address.
 *
 * @param requests all of them
 * @param failed without an answer, or cut
 * @param gap the longest time between two answers
 */
record DoorFigures(int requests, int failed, Duration gap) {
  static DoorFigures of(TlsProbeResult result) {
    List<Long> answers =
        result.attempts().stream()
            .filter(attempt -> attempt.failure().isEmpty())
            .map(TlsAttempt::endNanos)
            .sorted()
            .toList();
    long gap = 0;
    for (int i = 1; i < answers.size(); i++) {
      gap = Math.max(gap, answers.get(i) - answers.get(i - 1));
    }
    return new DoorFigures(
        result.attempts().size(),
        result.failed().size() + result.interrupted().size(),
        Duration.ofNanos(gap));
  }

  @Override
  public String toString() {
    return requests + " requests, " + failed + " failed, longest gap " + gap.toMillis() + " ms";
  }
}
