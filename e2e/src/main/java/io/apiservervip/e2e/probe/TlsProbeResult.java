package io.apiservervip.e2e.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What TLS clients saw in a window of time.
 *
 * @param attempts those that began in it, in the order in which they ended
 */
public record TlsProbeResult(List<TlsAttempt> attempts) {
  public TlsProbeResult {
    attempts = List.copyOf(attempts);
  }

  /** Those that failed although no server had begun to answer them: a proxy can spare them all. */
  public List<TlsAttempt> failed() {
    return attempts.stream().filter(a -> a.failure().isPresent() && !a.begun()).toList();
  }

  /** Those that failed after a server had begun to answer: nobody can spare them. */
  public List<TlsAttempt> interrupted() {
    return attempts.stream().filter(a -> a.failure().isPresent() && a.begun()).toList();
  }

  /** Answers by server. */
  public Map<String, Integer> servers() {
    Map<String, Integer> servers = new TreeMap<>();
    for (TlsAttempt attempt : attempts) {
      if (attempt.failure().isEmpty()) {
        servers.merge(attempt.server(), 1, Integer::sum);
      }
    }
    return servers;
  }

  /** This part of the answers took at most so long; 0.99 stands for p99. */
  public Duration latency(double part) {
    List<Duration> sorted =
        attempts.stream()
            .filter(a -> a.failure().isEmpty())
            .map(TlsAttempt::latency)
            .sorted()
            .toList();
    if (sorted.isEmpty()) {
      return Duration.ZERO;
    }
    int index = (int) Math.ceil(part * sorted.size()) - 1;
    return sorted.get(Math.clamp(index, 0, sorted.size() - 1));
  }

  @Override
  public String toString() {
    return "%d attempts, %d failed, %d interrupted, p50 %d ms, p99 %d ms, most %d ms, %s"
        .formatted(
            attempts.size(),
            failed().size(),
            interrupted().size(),
            latency(0.5).toMillis(),
            latency(0.99).toMillis(),
            latency(1).toMillis(),
            servers());
  }
}
