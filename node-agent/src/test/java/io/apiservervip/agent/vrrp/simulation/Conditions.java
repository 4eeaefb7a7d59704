package io.apiservervip.agent.vrrp.simulation;

import io.apiservervip.agent.vrrp.AdvertisementInterval;
import io.apiservervip.agent.vrrp.Announcements;
import io.apiservervip.agent.vrrp.Preemption;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Standing;
import io.apiservervip.agent.vrrp.Timing;
import io.apiservervip.agent.vrrp.Version;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import java.util.List;

/**
 * The physics of one run.
 *
 * @param configs one for each router
 * @param delayNanos longest one-way delay D
 * @param reorders one packet may overtake another between the same two routers
 * @param jitterNanos longest lateness of a loop J
 * @param installNanos longest time that the kernel takes for an address change
 * @param lifetimeNanos the kernel's lifetime of an address that is not renewed
 * @param driftPpm clocks run fast or slow by at most this much
 */
record Conditions(
    List<VirtualRouterConfig> configs,
    long delayNanos,
    boolean reorders,
    long jitterNanos,
    long installNanos,
    long lifetimeNanos,
    int driftPpm) {
  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000_000_000L;

  Conditions {
    configs = List.copyOf(configs);
  }

  int routers() {
    return configs.size();
  }

  long longestIntervalNanos() {
    return configs.stream().mapToLong(config -> config.interval().nanos()).max().orElseThrow();
  }

  /** The longest skew that any router can have. */
  long longestSkewNanos() {
    return Timing.skewNanos(configs.getFirst().version(), new Priority(1), longestIntervalNanos());
  }

  long longestListenNanos() {
    return Timing.listenNanos(configs.getFirst().version(), longestIntervalNanos());
  }

  /** Until an Active exists, from the last disturbance: 3A + skew + D + 2J. */
  long noActiveBound() {
    return 3 * longestIntervalNanos() + longestSkewNanos() + delayNanos + 2 * jitterNanos;
  }

  /** From then until there is exactly one: A + D + 2J. */
  long oneActiveBound() {
    return longestIntervalNanos() + delayNanos + 2 * jitterNanos;
  }

  /**
   * How long two routers in contact may both hold the addresses: each may wait for a successor (two
   * intervals for an offer, the longest skew and 100 ms for a resignation), then the grace of a
   * planned move; the kernel takes its time, and removal queues behind earlier changes.
   */
  long twoHoldersBound() {
    return Math.max(2 * longestIntervalNanos(), longestSkewNanos() + 100 * MILLI)
        + 3 * delayNanos
        + 4 * jitterNanos
        + 50 * MILLI
        + 4 * installNanos;
  }

  static VirtualRouterConfig config(
      Version version, long intervalNanos, int priority, Preemption preemption) {
    Standing standing =
        priority == 255
            ? new Standing.Owner()
            : new Standing.Contender(new Priority(priority), preemption);
    return new VirtualRouterConfig(
        version,
        new AdvertisementInterval((int) (intervalNanos / (10 * MILLI))),
        standing,
        0,
        new Announcements(7, 60 * SECOND));
  }
}
