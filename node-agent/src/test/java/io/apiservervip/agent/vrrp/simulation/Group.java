package io.apiservervip.agent.vrrp.simulation;

import static io.apiservervip.agent.vrrp.simulation.Conditions.MILLI;
import static io.apiservervip.agent.vrrp.simulation.Conditions.SECOND;

import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Preemption;
import io.apiservervip.agent.vrrp.Version;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A healthy group of our own routers on a healthy network, settled on one Active. */
record Group(World world, long intervalNanos) {

  /**
   * Draws a group whose priorities 250, 237, ... are far enough apart for its delays.
   *
   * @param installNanos longest time that the kernel takes for an address change
   */
  static Group settled(long seed, Preemption preemption, long installNanos) {
    return settled(seed, 0, preemption, installNanos, new RunLog(false));
  }

  /** As above with so many routers; 0 draws 2 to 7. */
  static Group settled(
      long seed, int routers, Preemption preemption, long installNanos, RunLog log) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    long interval = 100 * MILLI;
    int count = routers == 0 ? 2 + random.nextInt(6) : routers;
    List<VirtualRouterConfig> configs = new ArrayList<>();
    for (int rank = 0; rank < count; rank++) {
      configs.add(Conditions.config(Version.V3, interval, 250 - 13 * rank, preemption));
    }
    long most = interval / 50;
    Conditions conditions =
        new Conditions(
            configs,
            random.nextLong(most),
            false,
            random.nextLong(most),
            installNanos,
            3 * SECOND,
            random.nextInt(501));
    World world = new World(conditions, random, log);
    Group group = new Group(world, interval);
    world.routers().forEach(router -> world.at(world.upTo(2 * SECOND), router::start));
    group.runIntervals(50 + (int) world.upTo(100));
    world.watch().reset();
    return group;
  }

  void runIntervals(int intervals) {
    world.runFor(intervals * intervalNanos);
  }

  SimulatedRouter active() {
    List<SimulatedRouter> actives = world.actives();
    if (actives.size() != 1) {
      throw new AssertionError(actives.size() + " routers are Active");
    }
    return actives.getFirst();
  }

  /** Tells each router at its own moment within the span that its API server fails. */
  void allFallIll(long withinNanos) {
    tellAll(new Event.HealthChanged(-85, true), withinNanos);
  }

  /** Tells each router at its own moment within the span that all is well with it. */
  void allRecover(long withinNanos) {
    tellAll(new Event.HealthChanged(0, true), withinNanos);
  }

  private void tellAll(Event event, long withinNanos) {
    for (SimulatedRouter router : world.routers()) {
      world.at(world.nowNanos() + world.upTo(withinNanos), () -> router.tell(event));
    }
  }
}
