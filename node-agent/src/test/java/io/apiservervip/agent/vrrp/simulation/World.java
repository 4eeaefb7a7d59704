package io.apiservervip.agent.vrrp.simulation;

import io.apiservervip.agent.vrrp.Action;
import io.apiservervip.agent.vrrp.Active;
import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Priority;
import io.apiservervip.agent.vrrp.Timing;
import io.apiservervip.agent.vrrp.TransitionReason;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everything of one run: time, chance, network, routers, what is checked and what is logged. */
final class World {
  private final Conditions conditions;
  private final Random random;
  private final VirtualTime time = new VirtualTime();
  private final List<SimulatedRouter> routers = new ArrayList<>();
  private final SimulatedNetwork network;
  private final HoldersWatch watch;
  private final RunLog log;
  private int transitions;
  private int takeOvers;
  private long deferredUntilNanos;

  World(Conditions conditions, Random random, RunLog log) {
    this.conditions = conditions;
    this.random = random;
    this.log = log;
    this.network = new SimulatedNetwork(this, conditions.routers());
    for (VirtualRouterConfig config : conditions.configs()) {
      routers.add(new SimulatedRouter(this, routers.size(), config));
    }
    this.watch = new HoldersWatch(this);
  }

  Conditions conditions() {
    return conditions;
  }

  SimulatedNetwork network() {
    return network;
  }

  List<SimulatedRouter> routers() {
    return routers;
  }

  HoldersWatch watch() {
    return watch;
  }

  long nowNanos() {
    return time.nowNanos();
  }

  long tasks() {
    return time.created();
  }

  void at(long nanos, Runnable task) {
    time.at(nanos, task);
  }

  void runFor(long nanos) {
    time.runUntil(time.nowNanos() + nanos, watch::check);
  }

  long upTo(long most) {
    return most <= 0 ? 0 : random.nextLong(most + 1);
  }

  boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  SimulatedRouter anyRouter() {
    return routers.get(random.nextInt(routers.size()));
  }

  List<SimulatedRouter> actives() {
    return routers.stream().filter(SimulatedRouter::active).toList();
  }

  /** How often a router became Active or ceased to be. */
  int transitions() {
    return transitions;
  }

  /** How often some router became Active by taking over (not by resuming what it held). */
  int takeOvers() {
    return takeOvers;
  }

  /** Until when somebody may leave a lower Active alone, at most. */
  long deferredUntilNanos() {
    return deferredUntilNanos;
  }

  long silenceLimitNanos(VirtualRouterConfig config) {
    return Timing.activeDownNanos(config.version(), new Priority(254), config.interval().nanos());
  }

  void onTransition(SimulatedRouter router, Action.Transition change) {
    if (change.from() instanceof Active || change.to() instanceof Active) {
      transitions++;
    }
    if (change.to() instanceof Active && change.reason() != TransitionReason.NOBODY_TOOK_OVER) {
      takeOvers++;
    }
    switch (change.reason()) {
      case UNHEARD -> deferTo(600 * router.config().interval().nanos());
      case HANDED_OVER -> deferTo(60 * Conditions.SECOND);
      default -> {}
    }
  }

  private void deferTo(long nanos) {
    deferredUntilNanos = Math.max(deferredUntilNanos, nowNanos() + nanos * 1001 / 1000);
  }

  void log(SimulatedRouter router, String text) {
    if (log.wanted()) {
      log.add(nowNanos(), router.id(), text);
    }
  }

  void log(SimulatedRouter router, Event event, List<Action> actions) {
    if (log.wanted()) {
      log.add(nowNanos(), router.id(), event, actions, router.state());
    }
  }

  void log(String text) {
    if (log.wanted()) {
      log.add(nowNanos(), -1, text);
    }
  }
}
