package io.apiservervip.agent.proxy;

import static io.apiservervip.api.v1alpha1.BackendState.DOWN;
import static io.apiservervip.api.v1alpha1.BackendState.DRAINING;
import static io.apiservervip.api.v1alpha1.BackendState.NOT_READY;
import static io.apiservervip.api.v1alpha1.BackendState.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.apiservervip.agentapi.BackendAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ServerPoolTest {
  private static final long SECOND = 1_000_000_000L;

  private static Server server(ServerPool pool, int number) {
    return Objects.requireNonNull(pool.get(pool.indexOf(Pools.address(number))));
  }

  @Test
  void serversKeepTheirPlacesWhenOthersComeAndGo() {
    ServerPool before = Pools.weighted(100, 100, 100);
    List<Backend> without = new ArrayList<>(Pools.backends(100, 100, 50, 100));
    without.remove(0);
    ServerPool after = before.next(without, Map.of(), 0b001);
    assertThat(server(after, 0).removed()).isTrue();
    assertThat(server(after, 0).shownState()).isEqualTo(DRAINING);
    assertThat(after.indexOf(Pools.address(1))).isEqualTo(1);
    assertThat(after.indexOf(Pools.address(2))).isEqualTo(2);
    assertThat(server(after, 2).backend().weight()).isEqualTo(50);
    assertThat(after.indexOf(Pools.address(3))).isEqualTo(3);
  }

  @Test
  void placeOfARemovedServerIsFreeOnceNobodyUsesIt() {
    ServerPool before = Pools.weighted(100, 100);
    List<Backend> other = List.of(new Backend(Pools.address(7), 100));
    ServerPool after = before.next(other, Map.of(), 0b10);
    assertThat(after.indexOf(Pools.address(0))).isEqualTo(-1);
    assertThat(after.indexOf(Pools.address(1))).isEqualTo(1);
    assertThat(after.indexOf(Pools.address(7))).isZero();
    assertThat(after.next(other, Map.of(), 0).list()).hasSize(1);
  }

  @Test
  void removedServerThatReturnsIsTheSameAgain() {
    ServerPool before = Pools.weighted(100, 100);
    ServerPool leaving = before.next(Pools.backends(100), Map.of(), 0b11);
    ServerPool back = leaving.next(Pools.backends(100, 100), Map.of(), 0b11);
    assertThat(server(back, 1)).isEqualTo(server(before, 1));
  }

  @Test
  void newServerWaitsForAPlaceWhereAllSixtyFourAreTaken() {
    int[] many = new int[64];
    ServerPool full = ServerPool.of(Pools.backends(many), Map.of());
    List<Backend> other = List.of(new Backend(Pools.address(100), 100));
    assertThat(full.next(other, Map.of(), -1L).indexOf(Pools.address(100))).isEqualTo(-1);
    assertThat(full.next(other, Map.of(), ~4L).indexOf(Pools.address(100))).isEqualTo(2);
  }

  @Test
  void slowStartIsForServersThatWereAway() {
    ServerPool start = Pools.of(UP, DOWN, NOT_READY);
    ServerPool later = Pools.withHealth(start, Pools.healthSince(100 * SECOND, UP, UP, UP));
    assertThat(server(later, 0).upSinceNanos()).isEqualTo(Server.NEVER_DOWN);
    assertThat(server(later, 1).upSinceNanos()).isEqualTo(100 * SECOND);
    assertThat(server(later, 2).upSinceNanos()).isEqualTo(100 * SECOND);
    ServerPool still = Pools.withHealth(later, Pools.healthSince(105 * SECOND, UP, UP, UP));
    assertThat(server(still, 1).upSinceNanos()).isEqualTo(100 * SECOND);
  }

  @Test
  void serverThatWasOnlyNotCheckedYetHasNoSlowStart() {
    BackendAddress address = Pools.address(0);
    ServerPool start =
        ServerPool.of(Pools.backends(100), Map.of(address, new ServerHealth(DOWN, 0, false)));
    ServerPool later = Pools.withHealth(start, Pools.healthSince(SECOND, UP));
    assertThat(server(later, 0).upSinceNanos()).isEqualTo(Server.NEVER_DOWN);
  }

  @Test
  void shareGrowsFromATenthToAllOverTheSlowStart() {
    ServerPool pool = Pools.withHealth(Pools.of(DOWN), Pools.healthSince(100 * SECOND, UP));
    assertThat(share(pool, 100)).isCloseTo(0.1, within(1e-9));
    assertThat(share(pool, 105)).isCloseTo(0.55, within(1e-9));
    assertThat(share(pool, 109)).isCloseTo(0.91, within(1e-9));
    assertThat(share(pool, 110)).isEqualTo(1);
    assertThat(share(pool, 99)).isCloseTo(0.1, within(1e-9));
    assertThat(server(pool, 0).share(0, 100 * SECOND)).isEqualTo(1);
  }

  private static double share(ServerPool pool, long second) {
    return server(pool, 0).share(10 * SECOND, second * SECOND);
  }

  @Test
  void healthOfALeavingServerIsNoMoreAsked() {
    ServerPool leaving = Pools.of(UP, UP).next(Pools.backends(100), Pools.health(UP, DOWN), 0b10);
    assertThat(server(leaving, 1).state()).isEqualTo(UP);
    ServerPool later = Pools.withHealth(leaving, Pools.health(DOWN, DOWN));
    assertThat(server(later, 0).state()).isEqualTo(DOWN);
    assertThat(server(later, 1).removed()).isTrue();
  }
}
