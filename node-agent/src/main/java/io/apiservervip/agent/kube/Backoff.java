package io.apiservervip.agent.kube;

import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: 250 ms, doubled each time, 30 s at most, each spread by
 * a fifth either way, so that many agents do not come at once. Pure but for the given randomness;
 * one thread.
 */
final class Backoff {
  static final long FIRST_NANOS = 250_000_000L;
  static final long LONGEST_NANOS = 30_000_000_000L;

  private static final double SPREAD = 0.2;

  private final RandomGenerator random;
  private long nextNanos = FIRST_NANOS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Another failure: how long to wait now. */
  long failedNanos() {
    long base = nextNanos;
    nextNanos = Math.min(2 * base, LONGEST_NANOS);
    return Math.round(base * (1 + SPREAD * (2 * random.nextDouble() - 1)));
  }

  /** It works. */
  void worked() {
    nextNanos = FIRST_NANOS;
  }
}
