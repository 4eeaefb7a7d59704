package io.apiservervip.agent.vrrp.simulation;

/**
 * A router's own monotonic clock, which starts anywhere and runs a little fast or slow.
 *
 * @param ppm how fast, in parts in a million
 */
record Clock(long offsetNanos, int ppm) {
  static Clock random(World world) {
    int most = world.conditions().driftPpm();
    int ppm = (int) world.upTo(2L * most) - most;
    return new Clock(world.upTo(1_000 * Conditions.SECOND), ppm);
  }

  long local(long globalNanos) {
    return offsetNanos + globalNanos + globalNanos / 1_000_000 * ppm;
  }

  /** The first moment of the world's clock at which this one shows at least so much. */
  long global(long localNanos) {
    long since = localNanos - offsetNanos;
    long guess = (long) (since / (1 + ppm / 1e6));
    while (local(guess) < localNanos) {
      guess += 1_000;
    }
    return guess;
  }
}
