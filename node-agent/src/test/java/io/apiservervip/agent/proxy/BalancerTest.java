package io.apiservervip.agent.proxy;

import static io.apiservervip.api.v1alpha1.BackendState.DOWN;
import static io.apiservervip.api.v1alpha1.BackendState.NOT_READY;
import static io.apiservervip.api.v1alpha1.BackendState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.SeededTest;
import io.apiservervip.api.v1alpha1.Algorithm;
import io.apiservervip.api.v1alpha1.BackendState;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BalancerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] CLIENT = {10, 0, 0, 7};
  private static final LoadOf IDLE = new FakeLoad();

  private final SplittableRandom random = new SplittableRandom(1);

  private int choose(Algorithm algorithm, ServerPool pool, LoadOf loads, long tried) {
    return new Balancer(algorithm, 0, 0).choose(pool, loads, CLIENT, tried, 0, random);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void statesAreTriedInOrderAndNobodyTwice(Algorithm algorithm) {
    ServerPool pool = Pools.of(DOWN, NOT_READY, UP);
    assertThat(choose(algorithm, pool, IDLE, 0)).isEqualTo(2);
    assertThat(choose(algorithm, pool, IDLE, 0b100)).isEqualTo(1);
    assertThat(choose(algorithm, pool, IDLE, 0b110)).isZero();
    assertThat(choose(algorithm, pool, IDLE, 0b111)).isEqualTo(Balancer.NOBODY);
    assertThat(choose(algorithm, ServerPool.EMPTY, IDLE, 0)).isEqualTo(Balancer.NOBODY);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void withEveryServerDownAllAreTried(Algorithm algorithm) {
    ServerPool pool = Pools.of(DOWN, DOWN, DOWN);
    long tried = 0;
    for (int i = 0; i < 3; i++) {
      tried |= 1L << choose(algorithm, pool, IDLE, tried);
    }
    assertThat(tried).isEqualTo(0b111);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void leavingServerGetsNobody(Algorithm algorithm) {
    ServerPool pool = Pools.of(UP, DOWN).next(Pools.backends().subList(0, 0), Map.of(), 0b11);
    assertThat(pool.list()).hasSize(2);
    assertThat(choose(algorithm, pool, IDLE, 0)).isEqualTo(Balancer.NOBODY);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void weightZeroIsForWhereNobodyElseOfThatStateIsLeft(Algorithm algorithm) {
    ServerPool pool =
        ServerPool.of(Pools.backends(0, 100, 0, 100), Pools.health(UP, UP, NOT_READY, DOWN));
    assertThat(choose(algorithm, pool, IDLE, 0)).isEqualTo(1);
    assertThat(choose(algorithm, pool, IDLE, 0b0010)).isZero();
    assertThat(choose(algorithm, pool, IDLE, 0b0011)).isEqualTo(2);
    assertThat(choose(algorithm, pool, IDLE, 0b0111)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void fullServersAreNotChosenAndAreToldFromNone(Algorithm algorithm) {
    ServerPool pool = Pools.of(UP, UP, NOT_READY);
    Balancer balancer = new Balancer(algorithm, 0, 5);
    FakeLoad load = FakeLoad.of(5, 4, 0);
    assertThat(balancer.choose(pool, load, CLIENT, 0, 0, random)).isEqualTo(1);
    load.pending[1] = 1;
    assertThat(balancer.choose(pool, load, CLIENT, 0, 0, random)).isEqualTo(Balancer.ALL_FULL);
    assertThat(balancer.choose(pool, load, CLIENT, 0b01, 0, random)).isEqualTo(Balancer.ALL_FULL);
    assertThat(balancer.choose(pool, load, CLIENT, 0b11, 0, random)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void silentServersAreChosenOnlyWhereNoOtherOfThatStateIsLeft(Algorithm algorithm) {
    ServerPool pool = Pools.of(UP, UP, NOT_READY);
    FakeLoad load = FakeLoad.of(0, 9, 0);
    load.silent = 0b001;
    assertThat(choose(algorithm, pool, load, 0)).isEqualTo(1);
    assertThat(choose(algorithm, pool, load, 0b010)).isZero();
    load.silent = 0b011;
    assertThat(choose(algorithm, pool, load, 0)).isIn(0, 1);
  }

  @Test
  void leastLoadedCountsConnectionsThatAreBeingEstablished() {
    FakeLoad load = FakeLoad.of(3, 2, 4);
    load.pending[1] = 2;
    assertThat(choose(Algorithm.LEAST_CONNECTIONS, Pools.of(UP, UP, UP), load, 0)).isZero();
  }

  @Test
  void leastLoadedDividesByWeight() {
    ServerPool pool = Pools.weighted(100, 300);
    assertThat(choose(Algorithm.LEAST_CONNECTIONS, pool, FakeLoad.of(1, 4), 0)).isEqualTo(1);
    assertThat(choose(Algorithm.LEAST_CONNECTIONS, pool, FakeLoad.of(1, 6), 0)).isZero();
  }

  @Test
  void leastLoadedSparesAServerThatJustCameBack() {
    ServerPool pool = Pools.withHealth(Pools.of(DOWN, UP), Pools.healthSince(0, UP, UP));
    Balancer balancer = new Balancer(Algorithm.LEAST_CONNECTIONS, 10 * SECOND, 0);
    assertThat(balancer.choose(pool, FakeLoad.of(0, 8), CLIENT, 0, 0, random)).isEqualTo(1);
    assertThat(balancer.choose(pool, FakeLoad.of(0, 10), CLIENT, 0, 0, random)).isZero();
    assertThat(balancer.choose(pool, FakeLoad.of(0, 1), CLIENT, 0, 10 * SECOND, random)).isZero();
  }

  @Test
  void roundRobinGivesTurnsByWeightAndInterleavesThem() {
    Balancer balancer = new Balancer(Algorithm.ROUND_ROBIN, 0, 0);
    ServerPool pool = Pools.weighted(200, 100, 100);
    int[] count = new int[3];
    int longestRun = 0;
    int run = 0;
    for (int i = 0; i < 400; i++) {
      int index = balancer.choose(pool, IDLE, CLIENT, 0, 0, random);
      count[index]++;
      run = index == 0 ? run + 1 : 0;
      longestRun = Math.max(longestRun, run);
    }
    assertThat(count[0]).isBetween(199, 201);
    assertThat(count[1]).isBetween(99, 101);
    assertThat(longestRun).isLessThanOrEqualTo(2);
  }

  @Test
  void roundRobinOwesNothingToAServerThatWasAway() {
    Balancer balancer = new Balancer(Algorithm.ROUND_ROBIN, 0, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(balancer.choose(Pools.of(UP, UP, UP), IDLE, CLIENT, 0, 0, random)).isLessThan(3);
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(balancer.choose(Pools.of(UP, UP, DOWN), IDLE, CLIENT, 0, 0, random)).isLessThan(2);
    }
    int[] count = new int[3];
    for (int i = 0; i < 30; i++) {
      count[balancer.choose(Pools.of(UP, UP, UP), IDLE, CLIENT, 0, 0, random)]++;
    }
    assertThat(count[2]).isBetween(10, 11);
  }

  @SeededTest(runs = 20)
  void randomTakesTheLessLoadedOfTwo(Random seeded) {
    Balancer balancer = new Balancer(Algorithm.RANDOM, 0, 0);
    ServerPool pool = Pools.weighted(100, 100, 100);
    for (int i = 0; i < 100; i++) {
      assertThat(balancer.choose(pool, FakeLoad.of(9, 1, 5), CLIENT, 0, 0, seeded))
          .as("the most loaded of three always meets a better one")
          .isNotZero();
    }
  }

  @SeededTest(runs = 20)
  void sourceKeepsAClientWithItsServer(Random seeded) {
    Balancer balancer = new Balancer(Algorithm.SOURCE, 0, 0);
    Balancer other = new Balancer(Algorithm.SOURCE, 0, 0);
    ServerPool pool = Pools.weighted(100, 100, 100, 100);
    for (int i = 0; i < 200; i++) {
      byte[] client = new byte[seeded.nextBoolean() ? 4 : 16];
      seeded.nextBytes(client);
      int index = balancer.choose(pool, FakeLoad.of(i, 7), client, 0, 0, seeded);
      assertThat(other.choose(pool, IDLE, client, 0, 0, seeded)).isEqualTo(index);
      int without = other.choose(pool, IDLE, client, 1L, 0, seeded);
      assertThat(index == 0 || without == index).isTrue();
    }
  }

  @Test
  void sourceFollowsWeights() {
    Balancer balancer = new Balancer(Algorithm.SOURCE, 0, 0);
    ServerPool pool = Pools.weighted(100, 300);
    int second = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] client = {10, 0, (byte) (i >> 8), (byte) i};
      second += balancer.choose(pool, IDLE, client, 0, 0, random);
    }
    assertThat(second).isBetween(7_300, 7_700);
  }

  @SeededTest(runs = 200)
  void balancersThatDoNotSeeEachOtherSpreadTheirFirstConnections(Random seeded) {
    for (Algorithm algorithm : Algorithm.values()) {
      int[] count = new int[3];
      for (int i = 0; i < 1000; i++) {
        spreadTwo(new Balancer(algorithm, 10 * SECOND, 0), count, seeded);
      }
      for (int index = 0; index < 3; index++) {
        assertThat(count[index]).as("%s: server %s", algorithm, index).isBetween(560, 760);
      }
    }
  }

  /** Two connections of two clients; 28 % and 38 % of 2,000 are 560 and 760. */
  private static void spreadTwo(Balancer balancer, int[] count, Random seeded) {
    ServerPool pool = Pools.of(BackendState.UP, BackendState.UP, BackendState.UP);
    FakeLoad own = new FakeLoad();
    for (int i = 0; i < 2; i++) {
      byte[] client = new byte[4];
      seeded.nextBytes(client);
      int index = balancer.choose(pool, own, client, 0, 0, seeded);
      own.active[index]++;
      count[index]++;
    }
  }
}
