package io.apiservervip.agent.vrrp.simulation;

/** Looks at who holds the addresses after every event. */
final class HoldersWatch {
  private final World world;
  private final long[][] bothSinceNanos;
  private long noneSinceNanos = Long.MAX_VALUE;
  private long longestNoneNanos;
  private long longestTwoNanos;

  HoldersWatch(World world) {
    this.world = world;
    int routers = world.conditions().routers();
    this.bothSinceNanos = new long[routers][routers];
    for (long[] row : bothSinceNanos) {
      java.util.Arrays.fill(row, Long.MAX_VALUE);
    }
  }

  void check() {
    int holders = 0;
    for (SimulatedRouter router : world.routers()) {
      checkOne(router);
      holders += router.kernel().holds() ? 1 : 0;
    }
    measureNone(holders);
    if (holders > 1) {
      checkPairs();
    } else {
      forgetPairs();
    }
  }

  /** Starts measuring anew: the longest time without any holder, and with two in contact. */
  void reset() {
    noneSinceNanos = Long.MAX_VALUE;
    longestNoneNanos = 0;
    longestTwoNanos = 0;
  }

  long longestNoneNanos() {
    return Math.max(longestNoneNanos, none());
  }

  long longestTwoNanos() {
    return longestTwoNanos;
  }

  private long none() {
    return noneSinceNanos == Long.MAX_VALUE ? 0 : world.nowNanos() - noneSinceNanos;
  }

  private void measureNone(int holders) {
    if (holders > 0) {
      longestNoneNanos = Math.max(longestNoneNanos, none());
      noneSinceNanos = Long.MAX_VALUE;
    } else if (noneSinceNanos == Long.MAX_VALUE) {
      noneSinceNanos = world.nowNanos();
    }
  }

  private static void checkOne(SimulatedRouter router) {
    boolean calm = router.running() && router.drained() && router.kernel().settled();
    if (calm && router.kernel().holds() != router.machine().holdsAddresses()) {
      throw new AssertionError(
          "router "
              + router.id()
              + " is "
              + router.state()
              + " and the kernel "
              + (router.kernel().holds() ? "holds the address" : "has no address"));
    }
  }

  private void checkPairs() {
    for (SimulatedRouter one : world.routers()) {
      for (int other = 0; other < one.id(); other++) {
        checkPair(one, world.routers().get(other));
      }
    }
  }

  private void checkPair(SimulatedRouter one, SimulatedRouter other) {
    long now = world.nowNanos();
    long[] since = bothSinceNanos[one.id()];
    if (!one.kernel().holds() || !other.kernel().holds()) {
      since[other.id()] = Long.MAX_VALUE;
      return;
    }
    since[other.id()] = Math.min(since[other.id()], now);
    long contact =
        Math.max(
            world.network().contactSinceNanos(one.id(), other.id()),
            Math.max(one.soundSinceNanos(), other.soundSinceNanos()));
    long both = contact == Long.MAX_VALUE ? 0 : now - Math.max(contact, since[other.id()]);
    longestTwoNanos = Math.max(longestTwoNanos, both);
    if (both > world.conditions().twoHoldersBound()) {
      throw new AssertionError(
          "routers " + one.id() + " and " + other.id() + " hold the address since " + both + " ns");
    }
  }

  private void forgetPairs() {
    for (long[] row : bothSinceNanos) {
      java.util.Arrays.fill(row, Long.MAX_VALUE);
    }
  }
}
