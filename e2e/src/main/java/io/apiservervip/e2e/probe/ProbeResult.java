package io.apiservervip.e2e.probe;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a client saw in a window of time.
 *
 * @param attempts connections that began in it
 * @param failed those of them without an answer within the patience
 * @param gaps spans longer than 20 ms between two answers in which an attempt failed, in order
 * @param longestSpan longest span between two answers, whether an attempt failed or not
 * @param servers answers by host
 */
public record ProbeResult(
    int attempts,
    int failed,
    List<Duration> gaps,
    Duration longestSpan,
    Map<String, Integer> servers) {

  public ProbeResult {
    gaps = List.copyOf(gaps);
  }

  /** The longest gap, zero without one. */
  public Duration outage() {
    return gaps.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }
}
