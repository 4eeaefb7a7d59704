package io.apiservervip.agent.vrrp.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.Event;
import io.apiservervip.agent.vrrp.Preemption;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Health and planned moves in a group of 2 to 7 at 100 ms, over many seeds. */
class PlannedMovesTest {
  private static final int SEEDS = 300;
  private static final long QUICK_NANOS = 2_000_000L;

  private static final long TOGETHER_NANOS = 1_000_000L;
  private static final long RECOVERY_NANOS = 9_000_000_000L;

  enum Mode {
    PREEMPT,
    NO_PREEMPT;

    Group group(long seed) {
      Preemption preemption =
          switch (this) {
            case PREEMPT -> new Preemption.After(0);
            case NO_PREEMPT -> new Preemption.Never();
          };
      return Group.settled(seed, preemption, QUICK_NANOS);
    }
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @EnumSource
  void oneSickActiveMovesTheAddressExactlyOnceAndWithoutAGap(Mode mode) {
    seeds()
        .forEach(
            seed -> {
              Group group = mode.group(seed);
              int before = group.world().takeOvers();
              SimulatedRouter sick = group.active();

              sick.tell(new Event.HealthChanged(-85, true));
              group.runIntervals(100);

              assertThat(group.world().takeOvers() - before).as("seed %d", seed).isEqualTo(1);
              assertThat(group.active()).as("seed %d", seed).isNotSameAs(sick);
              assertThat(group.world().watch().longestNoneNanos()).as("seed %d", seed).isZero();
            });
  }

  @ParameterizedTest
  @EnumSource
  void allSickTogetherMovesNothing(Mode mode) {
    seeds()
        .forEach(
            seed -> {
              Group group = mode.group(seed);
              int before = group.world().takeOvers();
              SimulatedRouter active = group.active();

              group.allFallIll(TOGETHER_NANOS);
              group.runIntervals(100);

              assertThat(group.world().takeOvers() - before).as("seed %d", seed).isZero();
              assertThat(group.active()).as("seed %d", seed).isSameAs(active);
              assertThat(group.world().watch().longestNoneNanos()).as("seed %d", seed).isZero();
            });
  }

  @ParameterizedTest
  @EnumSource
  void aBackupThatIsWellAgainTakesTheAddressOffASickActiveOnce(Mode mode) {
    seeds()
        .forEach(
            seed -> {
              Group group = mode.group(seed);
              group.allFallIll(TOGETHER_NANOS);
              group.runIntervals(100);
              int before = group.world().takeOvers();
              SimulatedRouter active = group.active();
              SimulatedRouter well =
                  group.world().routers().stream()
                      .filter(router -> router != active)
                      .findAny()
                      .orElseThrow();

              well.tell(new Event.HealthChanged(0, true));
              group.runIntervals(200);

              assertThat(group.world().takeOvers() - before).as("seed %d", seed).isEqualTo(1);
              assertThat(group.active()).as("seed %d", seed).isSameAs(well);
              assertThat(group.world().watch().longestNoneNanos()).as("seed %d", seed).isZero();
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whereNobodyPreemptsTheRecoveryOfAllWithinNineSecondsMovesNothing(long seed) {
    Group group = Mode.NO_PREEMPT.group(seed);
    SimulatedRouter active = group.active();
    int before = group.world().takeOvers();
    group.allFallIll(TOGETHER_NANOS);
    group.runIntervals(100);

    group.allRecover(RECOVERY_NANOS);
    group.runIntervals(300);

    assertThat(group.world().takeOvers() - before).isZero();
    assertThat(group.active()).isSameAs(active);
  }

  @ParameterizedTest
  @EnumSource
  void aSickBackupMovesNothing(Mode mode) {
    seeds()
        .forEach(
            seed -> {
              Group group = mode.group(seed);
              int before = group.world().takeOvers();
              SimulatedRouter active = group.active();

              group.world().routers().stream()
                  .filter(router -> router != active)
                  .forEach(router -> router.tell(new Event.HealthChanged(-85, true)));
              group.runIntervals(100);

              assertThat(group.world().takeOvers() - before).as("seed %d", seed).isZero();
            });
  }

  @ParameterizedTest
  @EnumSource
  void aGracefulStopLeavesNoMomentWithoutTheAddress(Mode mode) {
    seeds()
        .forEach(
            seed -> {
              Group group = mode.group(seed);
              int before = group.world().takeOvers();

              group.active().tell(new Event.ShutdownRequested());
              group.runIntervals(100);

              assertThat(group.world().takeOvers() - before).as("seed %d", seed).isEqualTo(1);
              assertThat(group.world().watch().longestNoneNanos()).as("seed %d", seed).isZero();
            });
  }

  @ParameterizedTest
  @EnumSource
  void aHandOverMovesTheAddressOnceAndWithoutAGap(Mode mode) {
    seeds()
        .forEach(
            seed -> {
              Group group = mode.group(seed);
              int before = group.world().takeOvers();

              group.active().tell(new Event.HandOverRequested());
              group.runIntervals(100);

              assertThat(group.world().takeOvers() - before).as("seed %d", seed).isEqualTo(1);
              assertThat(group.world().watch().longestNoneNanos()).as("seed %d", seed).isZero();
            });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHigherRouterThatReturnsTakesTheAddressWithoutAGap(long seed) {
    Group group = Mode.PREEMPT.group(seed);
    SimulatedRouter best = group.active();
    best.kill();
    group.runIntervals(50);
    group.world().watch().reset();

    best.start();
    group.runIntervals(50);

    assertThat(group.active()).isSameAs(best);
    assertThat(group.world().watch().longestNoneNanos()).isZero();
  }
}
