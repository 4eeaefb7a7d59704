package io.apiservervip.e2e.load;

import java.util.Optional;

/**
 * The time that counts, after a warm-up, and what the watched process spent in it. Times are of
 * {@link System#nanoTime}. One owner thread.
 */
final class Window {
  private final long warmupNanos;
  private final long nanos;
  private final Optional<ProcessCost> process;
  private long beginNanos;
  private long endNanos;
  private boolean begun;
  private double cpuSeconds;

  /** Nothing is watched where {@code process} is empty. */
  Window(double warmupSeconds, double seconds, Optional<ProcessCost> process) {
    this.warmupNanos = (long) (warmupSeconds * 1e9);
    this.nanos = (long) (seconds * 1e9);
    this.process = process;
  }

  void start(long nowNanos) {
    beginNanos = nowNanos + warmupNanos;
    endNanos = beginNanos + nanos;
  }

  /**
   * Whether the warm-up ended just now: true once, and what was counted before is to be cleared.
   */
  boolean begins(long nowNanos) {
    if (begun || nowNanos < beginNanos) {
      return false;
    }
    begun = true;
    beginNanos = nowNanos;
    endNanos = nowNanos + nanos;
    cpuSeconds = -cpu();
    return true;
  }

  boolean over(long nowNanos) {
    if (!begun || nowNanos < endNanos) {
      return false;
    }
    endNanos = nowNanos;
    cpuSeconds += cpu();
    return true;
  }

  /** After its end: how long it was. */
  double seconds() {
    return (endNanos - beginNanos) / 1e9;
  }

  /**
   * After its end: puts length and cost to the figures.
   *
   * @param units how much was moved, in what the cost is told for
   */
  void tell(Figures figures, String unit, double units) {
    figures.put("seconds", seconds());
    process.ifPresent(
        p -> {
          figures.put("cpu_s", cpuSeconds);
          figures.put("cpu_s_per_" + unit, units == 0 ? 0 : cpuSeconds / units);
          figures.put("rss_kb", (double) p.residentKilobytes());
        });
  }

  private double cpu() {
    return process.map(ProcessCost::seconds).orElse(0.0);
  }
}
