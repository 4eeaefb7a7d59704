package io.apiservervip.agent.vrrp.simulation;

import java.util.function.Consumer;

/** The segment between the routers: every direction can be cut by itself. */
final class SimulatedNetwork {
  private final World world;
  private final boolean[][] cut;
  private final long[][] openSinceNanos;
  private final long[][] lastNanos;
  private double loss;
  private double duplication;
  private long calmSinceNanos;

  SimulatedNetwork(World world, int routers) {
    this.world = world;
    this.cut = new boolean[routers][routers];
    this.openSinceNanos = new long[routers][routers];
    this.lastNanos = new long[routers][routers];
  }

  void cut(int from, int to, boolean value) {
    if (cut[from][to] != value) {
      cut[from][to] = value;
      openSinceNanos[from][to] = value ? Long.MAX_VALUE : world.nowNanos();
    }
  }

  void heal() {
    for (int from = 0; from < cut.length; from++) {
      for (int to = 0; to < cut.length; to++) {
        cut(from, to, false);
      }
    }
    disturb(0, 0);
  }

  void disturb(double lossOf, double duplicationOf) {
    if (loss > 0 || lossOf > 0) {
      calmSinceNanos = lossOf > 0 ? Long.MAX_VALUE : world.nowNanos();
    }
    loss = lossOf;
    duplication = duplicationOf;
  }

  /** Since when two routers hear each other without loss; {@code Long.MAX_VALUE}: they do not. */
  long contactSinceNanos(int one, int other) {
    return Math.max(
        calmSinceNanos, Math.max(openSinceNanos[one][other], openSinceNanos[other][one]));
  }

  /** Carries something to every other router, late, or twice, or not at all. */
  void carry(SimulatedRouter from, Consumer<SimulatedRouter> delivery) {
    for (SimulatedRouter to : world.routers()) {
      if (to == from || cut[from.id()][to.id()]) {
        continue;
      }
      int copies = world.chance(duplication) ? 2 : 1;
      for (int copy = 0; copy < copies; copy++) {
        if (!world.chance(loss)) {
          world.at(arrivalNanos(from, to), () -> delivery.accept(to));
        }
      }
    }
  }

  private long arrivalNanos(SimulatedRouter from, SimulatedRouter to) {
    long arrival = world.nowNanos() + world.upTo(world.conditions().delayNanos());
    if (!world.conditions().reorders()) {
      arrival = Math.max(arrival, lastNanos[from.id()][to.id()]);
      lastNanos[from.id()][to.id()] = arrival;
    }
    return arrival;
  }
}
