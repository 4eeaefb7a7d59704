package io.apiservervip.agent.vrrp.simulation;

import static io.apiservervip.agent.vrrp.simulation.Conditions.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.Backup;
import io.apiservervip.agent.vrrp.Preemption;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Processes that stand still and go on, in a group of 2 to 7 at 100 ms, over many seeds. */
class FrozenProcessesTest {
  private static final int SEEDS = 300;
  private static final long QUICK_NANOS = 2_000_000L;

  private static void forEachGroup(java.util.function.BiConsumer<Long, Group> body) {
    LongStream.rangeClosed(1, SEEDS)
        .forEach(
            seed -> body.accept(seed, Group.settled(seed, new Preemption.Never(), QUICK_NANOS)));
  }

  private static SimulatedRouter backup(Group group) {
    return group.world().routers().stream()
        .filter(router -> router.state() instanceof Backup)
        .findFirst()
        .orElseThrow();
  }

  /** The receive queue holds 200 packets, 20 s of adverts; the pause is up to 30 s. */
  @Test
  void aFrozenBackupNeverTakesOverFromALiveActive() {
    forEachGroup(
        (seed, group) -> {
          SimulatedRouter active = group.active();
          SimulatedRouter frozen = backup(group);
          int before = group.world().takeOvers();

          frozen.freeze();
          group.world().runFor(group.world().upTo(30 * SECOND));
          frozen.thaw();
          group.runIntervals(20);

          assertThat(group.world().takeOvers() - before).as("seed %d", seed).isZero();
          assertThat(group.active()).as("seed %d", seed).isSameAs(active);
        });
  }

  /** The moment at which the queue has just overflowed is the dangerous one. */
  @Test
  void aBackupWhoseReceiveQueueHasJustOverflowedDoesNotTakeOver() {
    forEachGroup(
        (seed, group) -> {
          SimulatedRouter frozen = backup(group);
          int before = group.world().takeOvers();

          frozen.freeze();
          group.world().runFor(19 * SECOND + group.world().upTo(2 * SECOND));
          frozen.thaw();
          group.runIntervals(20);

          assertThat(group.world().takeOvers() - before).as("seed %d", seed).isZero();
        });
  }

  @Test
  void aFrozenBackupTakesOverSoonAfterItsReturnWhenTheActiveIsGone() {
    forEachGroup(
        (seed, group) -> {
          group.world().routers().stream()
              .filter(router -> router.state() instanceof Backup)
              .forEach(SimulatedRouter::freeze);
          group.runIntervals(3);
          group.active().kill();
          group.runIntervals(50);
          SimulatedRouter back =
              group.world().routers().stream()
                  .filter(SimulatedRouter::frozen)
                  .findFirst()
                  .orElseThrow();

          back.thaw();
          group.runIntervals(2);

          assertThat(group.active()).as("seed %d", seed).isSameAs(back);
        });
  }

  @Test
  void aFrozenActiveLosesTheAddressAndReturnsAsBackup() {
    forEachGroup(
        (seed, group) -> {
          SimulatedRouter frozen = group.active();
          int before = group.world().takeOvers();

          frozen.freeze();
          group.world().runFor(5 * SECOND + group.world().upTo(20 * SECOND));
          assertThat(frozen.kernel().holds()).as("seed %d", seed).isFalse();
          frozen.thaw();
          group.runIntervals(20);

          assertThat(group.world().takeOvers() - before).as("seed %d", seed).isEqualTo(1);
          assertThat(frozen.state()).as("seed %d", seed).isInstanceOf(Backup.class);
        });
  }

  @Test
  void aPauseOfLessThanThreeIntervalsGoesUnnoticed() {
    forEachGroup(
        (seed, group) -> {
          SimulatedRouter active = group.active();
          int before = group.world().transitions();

          active.freeze();
          group.world().runFor(group.world().upTo(2 * group.intervalNanos()));
          active.thaw();
          group.runIntervals(20);

          assertThat(group.world().transitions() - before).as("seed %d", seed).isZero();
        });
  }
}
