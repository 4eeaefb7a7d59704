package io.apiservervip.agent.vrrp.simulation;

import io.apiservervip.agent.vrrp.Active;
import io.apiservervip.agent.vrrp.Backup;
import io.apiservervip.agent.vrrp.Fault;
import io.apiservervip.agent.vrrp.Initialize;
import io.apiservervip.agent.vrrp.Leaving;
import io.apiservervip.agent.vrrp.Listening;
import io.apiservervip.agent.vrrp.Preemption;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Standing;
import io.apiservervip.agent.vrrp.Stopped;
import io.apiservervip.agent.vrrp.Timing;
import java.util.List;
import java.util.Random;

/** One random life of a group: start, 3 to 12 disturbances, and peace at the end. */
final class RandomRun {
  private final World world;
  private final Conditions conditions;
  private final Disturbances disturbances;

  private RandomRun(World world) {
    this.world = world;
    this.conditions = world.conditions();
    this.disturbances = new Disturbances(world);
  }

  /** Plays the run of this seed; the answer is how many tasks it took. */
  static long play(long seed, RunLog log) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    Conditions conditions = new RandomConditions(random).draw();
    World world = new World(conditions, random, log);
    world.log("seed " + seed + " " + conditions);
    new RandomRun(world).play();
    return world.tasks();
  }

  private void play() {
    world.routers().forEach(router -> world.at(world.upTo(2 * interval()), router::start));
    world.runFor(
        world.chance(0.5) ? conditions.longestListenNanos() * 2 : world.upTo(3 * interval()));
    long count = 3 + world.upTo(9);
    for (int i = 0; i < count; i++) {
      disturbances.cause();
      world.runFor(world.upTo(world.chance(0.2) ? 4 * Conditions.SECOND : 8 * interval()));
    }
    disturbances.end();
    peace();
  }

  private long interval() {
    return conditions.longestIntervalNanos();
  }

  private void peace() {
    world.runFor(2 * conditions.jitterNanos() + Conditions.MILLI);
    long bound = conditions.noActiveBound() + timeToAct();
    world.runFor(bound);
    require(
        !world.actives().isEmpty() || someoneLeaves(), "nobody is Active after " + bound + " ns");
    world.runFor(conditions.oneActiveBound());
    if (mayPreempt()) {
      long deferred = Math.max(0, world.deferredUntilNanos() - world.nowNanos());
      world.runFor(
          2 * conditions.noActiveBound() + 2 * conditions.oneActiveBound() + deferred + delays());
    }
    onlyOneAndRight();
    int before = world.transitions();
    world.runFor(60 * interval());
    require(world.transitions() == before, "roles still change in peace");
    onlyOneAndRight();
  }

  private void onlyOneAndRight() {
    List<SimulatedRouter> actives = world.actives();
    require(actives.size() == 1, actives.size() + " routers are Active");
    Priority best = actives.getFirst().machine().effectivePriority();
    for (SimulatedRouter router : world.routers()) {
      boolean better =
          router.state() instanceof Backup
              && preempts(router)
              && router.running()
              && router.machine().effectivePriority().compareTo(best) > 0;
      require(!better, "router " + router.id() + " should be Active");
    }
  }

  private boolean someoneLeaves() {
    return world.routers().stream().anyMatch(router -> router.state() instanceof Leaving);
  }

  private boolean mayPreempt() {
    return world.routers().stream().anyMatch(RandomRun::preempts);
  }

  private static boolean preempts(SimulatedRouter router) {
    return switch (router.config().standing()) {
      case Standing.Owner _ -> true;
      case Standing.Contender contender -> contender.preemption() instanceof Preemption.After;
    };
  }

  private long delays() {
    return world.routers().stream().mapToLong(RandomRun::delay).max().orElseThrow()
        + conditions.longestListenNanos() * 5;
  }

  private static long delay(SimulatedRouter router) {
    return router.config().standing() instanceof Standing.Contender contender
            && contender.preemption() instanceof Preemption.After after
        ? after.delayNanos()
        : 0;
  }

  /** What the group needs before its timers count: the shortest of the live routers. */
  private long timeToAct() {
    return world.routers().stream()
        .filter(SimulatedRouter::staying)
        .mapToLong(this::timeToAct)
        .min()
        .orElseThrow();
  }

  private long timeToAct(SimulatedRouter router) {
    return switch (router.state()) {
      case Active _ -> 0;
      case Backup backup -> {
        long own =
            Timing.activeDownNanos(
                router.config().version(), router.machine().effectivePriority(), interval());
        yield Math.max(0, router.untilNanos(backup.downNanos()) - own)
            + interval()
            + conditions.longestSkewNanos();
      }
      case Leaving leaving -> router.untilNanos(leaving.untilNanos());
      case Listening listening ->
          router.untilNanos(listening.untilNanos())
              + conditions.longestSkewNanos()
              + (listening.foreign() == null ? 0 : 5 * conditions.longestListenNanos());
      case Fault fault ->
          router.untilNanos(fault.retryNanos()) + conditions.longestListenNanos() + interval();
      case Initialize _, Stopped _ -> Long.MAX_VALUE / 4;
    };
  }

  private static void require(boolean fine, String otherwise) {
    if (!fine) {
      throw new AssertionError(otherwise);
    }
  }
}
