package io.apiservervip.agent.vrrp.simulation;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The addresses of one host. Changes are made one after the other by a thread that stands still
 * while the process is frozen, and that dies with it; what is not renewed expires.
 */
final class SimulatedKernel {
  private final World world;
  private final SimulatedRouter router;
  private final Queue<Runnable> postponed = new ArrayDeque<>();
  private boolean holds;
  private boolean missing;
  private long busyUntilNanos;
  private int pending;
  private int life;
  private int suspension;

  SimulatedKernel(World world, SimulatedRouter router) {
    this.world = world;
    this.router = router;
  }

  boolean holds() {
    return holds;
  }

  /** Every change that was asked for is made, and nobody else removed anything. */
  boolean settled() {
    return pending == 0 && !missing;
  }

  void change(boolean install) {
    busyUntilNanos =
        Math.max(busyUntilNanos, world.nowNanos()) + world.upTo(world.conditions().installNanos());
    int ofLife = life;
    pending++;
    world.at(
        busyUntilNanos,
        () -> {
          if (ofLife != life) {
            return;
          }
          if (router.frozen()) {
            postponed.add(() -> apply(install));
          } else {
            apply(install);
          }
        });
  }

  private void apply(boolean install) {
    pending--;
    missing = false;
    holds = install;
    world.log(router, install ? "kernel: address is there" : "kernel: address is gone");
    if (install) {
      router.onInstalled();
    }
  }

  /** Nobody renews the addresses from now on: the process is frozen or dead. */
  void suspend() {
    int mine = ++suspension;
    long lifetime = world.conditions().lifetimeNanos();
    long lastRenewal = world.nowNanos() - world.upTo(lifetime / 3);
    world.at(
        lastRenewal + lifetime + world.upTo(Conditions.SECOND),
        () -> {
          if (mine == suspension && holds) {
            holds = false;
            world.log(router, "kernel: address expired");
            router.onExpired();
          }
        });
  }

  void resume() {
    suspension++;
    for (Runnable next = postponed.poll(); next != null; next = postponed.poll()) {
      next.run();
    }
  }

  /** The process died: nothing that it asked for is done any more. */
  void abandon() {
    life++;
    pending = 0;
    missing = false;
    busyUntilNanos = 0;
    postponed.clear();
  }

  /** Somebody else removes the address. */
  boolean steal() {
    if (!holds) {
      return false;
    }
    holds = false;
    missing = true;
    return true;
  }
}
