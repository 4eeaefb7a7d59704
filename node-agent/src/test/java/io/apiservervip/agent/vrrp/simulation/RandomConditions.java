package io.apiservervip.agent.vrrp.simulation;

import static io.apiservervip.agent.vrrp.simulation.Conditions.MILLI;
import static io.apiservervip.agent.vrrp.simulation.Conditions.SECOND;

import io.apiservervip.agent.vrrp.Preemption;
import io.apiservervip.agent.vrrp.Version;
import io.apiservervip.agent.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws the physics of a run. */
final class RandomConditions {
  private static final long[] INTERVALS = {10 * MILLI, 100 * MILLI, 100 * MILLI, SECOND};

  private final Random random;

  RandomConditions(Random random) {
    this.random = random;
  }

  Conditions draw() {
    Version version = random.nextInt(8) == 0 ? Version.V2 : Version.V3;
    long interval =
        switch (version) {
          case V2 -> SECOND * (1 + random.nextInt(2));
          case V3 -> INTERVALS[random.nextInt(INTERVALS.length)];
        };
    return new Conditions(
        configs(version, interval),
        random.nextLong(interval / 10),
        random.nextBoolean(),
        random.nextLong(interval / 10),
        random.nextBoolean() ? 2 * MILLI : 150 * MILLI,
        SECOND * (1 + random.nextInt(3)),
        random.nextInt(501));
  }

  private List<VirtualRouterConfig> configs(Version version, long interval) {
    int routers = 2 + random.nextInt(6);
    boolean mixed = version == Version.V3 && random.nextInt(10) < 3;
    boolean equal = random.nextInt(5) == 0;
    boolean owner = random.nextInt(10) == 0;
    Preemption preemption =
        random.nextBoolean()
            ? new Preemption.Never()
            : new Preemption.After(random.nextBoolean() ? 0 : 5 * interval);
    List<VirtualRouterConfig> configs = new ArrayList<>();
    for (int rank = 0; rank < routers; rank++) {
      int priority = owner && rank == 0 ? 255 : equal ? 200 : 250 - 13 * rank;
      long own = mixed ? interval * (1 + random.nextInt(3)) : interval;
      configs.add(Conditions.config(version, own, priority, preemption));
    }
    return configs;
  }
}
