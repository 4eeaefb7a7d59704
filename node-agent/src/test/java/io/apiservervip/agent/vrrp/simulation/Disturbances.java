package io.apiservervip.agent.vrrp.simulation;

import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.Standing;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import java.net.InetAddress;

/** What can go wrong with a group, each drawn with its own weight, and all of it healed again. */
final class Disturbances {
  private static final int[] WEIGHTS = {0, 0, -1, -13, -85, -170, -253};

  private enum Kind {
    KILL,
    STOP,
    START,
    FREEZE,
    THAW,
    PARTITION,
    ONE_WAY,
    HEAL,
    LOSS,
    HEALTH,
    HAND_OVER,
    PRIORITY,
    LINK,
    SEND,
    STEAL,
    FOREIGN
  }

  private final World world;

  Disturbances(World world) {
    this.world = world;
  }

  void cause() {
    Kind kind = Kind.values()[(int) world.upTo(Kind.values().length - 1)];
    world.log("--- " + kind);
    SimulatedRouter router = world.anyRouter();
    switch (kind) {
      case KILL -> {
        if (router.alive()) {
          router.kill();
        }
      }
      case STOP -> router.tell(new Event.ShutdownRequested());
      case START ->
          world.routers().stream().filter(r -> !r.alive()).forEach(SimulatedRouter::start);
      case FREEZE -> {
        if (router.running()) {
          router.freeze();
        }
      }
      case THAW ->
          world.routers().stream().filter(SimulatedRouter::frozen).forEach(SimulatedRouter::thaw);
      case PARTITION -> partition();
      case ONE_WAY -> world.network().cut(router.id(), world.anyRouter().id(), true);
      case HEAL -> world.network().heal();
      case LOSS ->
          world.network().disturb(0.3 * world.upTo(100) / 100, world.chance(0.5) ? 0.2 : 0);
      case HEALTH -> health(router);
      case HAND_OVER -> {
        if (world.chance(0.3)) {
          router.tell(new Event.HandOverRequested());
        }
      }
      case PRIORITY -> priority(router);
      case LINK -> {
        if (router.alive()) {
          router.link(router.impaired());
        }
      }
      case SEND -> {
        if (router.alive()) {
          router.sendFails(world.chance(0.5));
        }
      }
      case STEAL -> {
        if (router.kernel().steal()) {
          router.tell(new Event.AddressRemoved());
        }
      }
      case FOREIGN ->
          router.tell(
              new Event.ForeignHeard(
                  Rejection.FOREIGN_ROUTER,
                  InetAddress.ofLiteral("10.0.0.99"),
                  router.clockNanos()));
    }
  }

  private void partition() {
    for (SimulatedRouter from : world.routers()) {
      for (SimulatedRouter to : world.routers()) {
        boolean apart = world.chance(0.5);
        world.network().cut(from.id(), to.id(), apart);
        world.network().cut(to.id(), from.id(), apart);
      }
    }
  }

  private void health(SimulatedRouter router) {
    int weight = WEIGHTS[(int) world.upTo(WEIGHTS.length - 1)];
    router.tell(new Event.HealthChanged(weight, !world.chance(0.2)));
  }

  private void priority(SimulatedRouter router) {
    VirtualRouterConfig old = router.config();
    if (old.standing() instanceof Standing.Contender contender) {
      int priority = 1 + (int) world.upTo(253);
      router.reconfigure(
          Conditions.config(
              old.version(), old.interval().nanos(), priority, contender.preemption()));
    }
  }

  /** Ends every disturbance: at least one router lives, all serve, all hear each other. */
  void end() {
    world.log("--- all is well again");
    world.network().heal();
    for (SimulatedRouter router : world.routers()) {
      if (router.frozen()) {
        router.thaw();
      }
      if (router.impaired()) {
        router.sendFails(false);
        router.link(true);
      }
      if (!router.alive() && world.chance(0.5)) {
        router.start();
      }
      router.tell(new Event.HealthChanged(WEIGHTS[(int) world.upTo(4)], true));
    }
    if (world.routers().stream().noneMatch(SimulatedRouter::staying)) {
      SimulatedRouter one = world.anyRouter();
      one.kill();
      one.start();
    }
  }
}
