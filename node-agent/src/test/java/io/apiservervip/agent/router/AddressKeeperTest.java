package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The address thread, taken one step at a time. */
class AddressKeeperTest {
  private static final int EPERM = 1;

  private final FakeClock clock = new FakeClock();
  private final FakeHost host = new FakeHost(1, clock, new Wire());
  private final List<AddressKeeper.Result> results = new ArrayList<>();
  private boolean loopAlive = true;
  private long beat;
  private final ExpectedRemovals removals = new ExpectedRemovals();
  private final RecordingCompanion companion = new RecordingCompanion(host.log);
  private final AddressKeeper keeper =
      new AddressKeeper(
          new PlacedAddresses(host.kernel, removals, companion, results::add),
          removals,
          host.links(),
          clock,
          this::beat,
          results::add);

  private long beat() {
    beat = loopAlive ? clock.nanoTime() : beat;
    return beat;
  }

  private void run(long millis) {
    for (long i = 0; i < millis; i++) {
      clock.advance(FakeClock.MILLI);
      beat();
      host.kernel.expire();
      keeper.work();
    }
  }

  private void hold(int lifetimeSeconds) {
    keeper.hold(Nets.ETH0, Nets.virtual(Nets.VIP), lifetimeSeconds);
  }

  @Test
  void addressIsPutAtOnceAndRenewedEveryThirdOfItsLifetime() {
    hold(3);
    keeper.work();
    assertThat(results).containsExactly(new AddressKeeper.Result.Installed(1));
    host.news();
    run(999);
    assertThat(host.news()).isEmpty();
    run(1);
    assertThat(host.news()).containsExactly("put 10.0.0.50/32");
    run(9_000);
    assertThat(host.news()).hasSize(9).containsOnly("put 10.0.0.50/32");
    assertThat(results).hasSize(1);
  }

  @Test
  void addressWithoutLifetimeIsLeftAlone() {
    hold(0);
    run(60_000);
    assertThat(host.news()).containsExactly("arriving [10.0.0.50]", "put 10.0.0.50/32");
  }

  @Test
  void addressOfAfrozenLoopIsLeftToTheKernelAndReportedAsExpired() {
    hold(1);
    run(400);
    loopAlive = false;
    run(1_500);
    assertThat(host.kernel.holds(Nets.VIP)).isFalse();
    assertThat(host.log).contains("expired 10.0.0.50");
    assertThat(results).contains(new AddressKeeper.Result.Expired(1));
    host.news();
    loopAlive = true;
    run(2_000);
    assertThat(host.news()).doesNotContain("put 10.0.0.50/32");
  }

  @Test
  void processThatWasStoppedLongerThanTheLifetimeDoesNotBringTheAddressBack() {
    hold(1);
    run(100);
    clock.advance(5_000 * FakeClock.MILLI);
    host.kernel.expire();
    host.news();
    keeper.work();
    assertThat(host.news()).isEmpty();
    assertThat(results.getLast()).isEqualTo(new AddressKeeper.Result.Expired(1));
  }

  @Test
  void removalThatFailsIsTriedAgainEverySecondAndStandsInNobodysWay() {
    keeper.hold(Nets.ETH0, Nets.virtual(Nets.VIP2), 0);
    keeper.work();
    host.kernel.removeFault =
        new OperatingException("RTM_DELADDR", "10.0.0.51 on eth0", EPERM, "not permitted");
    host.kernel.failures = 2;
    hold(0);
    run(1);
    assertThat(host.kernel.holds(Nets.VIP)).isTrue();
    assertThat(results)
        .containsExactly(
            new AddressKeeper.Result.Installed(1),
            new AddressKeeper.Result.NotRemoved(
                "RTM_DELADDR 10.0.0.51 on eth0: not permitted (errno 1)"),
            new AddressKeeper.Result.Installed(2));
    run(1_999);
    assertThat(host.kernel.holds(Nets.VIP2)).isTrue();
    run(1);
    assertThat(host.kernel.holds(Nets.VIP2)).isFalse();
  }

  @Test
  void onlyTheLastOfSeveralWishesIsCarriedOut() {
    hold(1);
    keeper.release();
    hold(1);
    keeper.work();
    assertThat(host.news()).containsExactly("arriving [10.0.0.50]", "put 10.0.0.50/32");
    assertThat(results).containsExactly(new AddressKeeper.Result.Installed(3));
    assertThat(keeper.isCurrent(3)).isTrue();
    assertThat(keeper.isCurrent(1)).isFalse();
  }

  @Test
  void eachOwnRemovalIsExpectedOnceAndNobodyElsesEver() {
    hold(0);
    keeper.work();
    keeper.release();
    keeper.work();
    hold(0);
    keeper.work();
    assertThat(keeper.expectedRemoval(Nets.ETH0, Nets.VIP)).isTrue();
    assertThat(keeper.expectedRemoval(Nets.ETH0, Nets.VIP)).isFalse();
  }

  @Test
  void removalOfWhatTheKernelRemovedFirstLeavesNoExpectation() {
    hold(0);
    keeper.work();
    host.kernel.tear(Nets.ETH0, Nets.VIP);
    keeper.release();
    keeper.work();
    assertThat(keeper.expectedRemoval(Nets.ETH0, Nets.VIP)).isFalse();
    hold(0);
    keeper.work();
    keeper.release();
    keeper.work();
    assertThat(keeper.expectedRemoval(Nets.ETH0, Nets.VIP)).isTrue();
  }

  @Test
  void removalWhoseNotificationWasLostIsNotExpectedForEver() {
    hold(0);
    keeper.work();
    keeper.release();
    keeper.work();
    keeper.requestDump(7);
    keeper.work();
    assertThat(keeper.expectedRemoval(Nets.ETH0, Nets.VIP)).isFalse();
    assertThat(results.getLast())
        .isInstanceOfSatisfying(
            AddressKeeper.Result.Dumped.class, dumped -> assertThat(dumped.request()).isEqualTo(7));
  }

  @Test
  void refusedAddressIsReportedWithCallObjectAndErrno() {
    host.kernel.putFault =
        new OperatingException("RTM_NEWADDR", "10.0.0.50 on eth0", EPERM, "not permitted");
    host.kernel.failures = 1;
    hold(1);
    keeper.work();
    assertThat(results)
        .containsExactly(
            new AddressKeeper.Result.Failed(
                1, "RTM_NEWADDR 10.0.0.50 on eth0: not permitted (errno 1)"));
  }

  @Test
  void closeRemovesEverythingAndInsists() {
    hold(1);
    keeper.work();
    host.kernel.removeFault = new OperatingException("RTM_DELADDR", "x", 16, "busy");
    host.kernel.failures = 2;
    keeper.close();
    assertThat(keeper.work()).isFalse();
    assertThat(host.kernel.holds(Nets.VIP)).isFalse();
  }

  @Test
  void bugEndsTheThreadButNotInSilence() {
    hold(1);
    keeper.work();
    host.kernel.bug = new IllegalStateException("planted");
    hold(1);
    keeper.run();
    assertThat(keeper.failure()).hasMessage("planted");
  }

  @Test
  void bugGivesUpTheAddresses() {
    Consumer<AddressKeeper.Result> broken =
        _ -> {
          throw new IllegalStateException("planted");
        };
    AddressKeeper fragile =
        new AddressKeeper(
            new PlacedAddresses(host.kernel, removals, companion, broken),
            removals,
            host.links(),
            clock,
            clock::nanoTime,
            broken);
    fragile.hold(Nets.ETH0, Nets.virtual(Nets.VIP), 0);
    fragile.run();
    assertThat(host.news())
        .containsExactly(
            "arriving [10.0.0.50]", "put 10.0.0.50/32", "leaving [10.0.0.50]", "remove 10.0.0.50");
    assertThat(fragile.failure()).hasMessage("planted");
  }

  @Test
  void companionIsCalledBeforeTheAddressComesBeforeItGoesAndAfterIt() {
    hold(1);
    run(2_000);
    keeper.release();
    keeper.work();
    assertThat(host.news())
        .containsSubsequence(
            "arriving [10.0.0.50]",
            "put 10.0.0.50/32",
            "put 10.0.0.50/32",
            "leaving [10.0.0.50]",
            "remove 10.0.0.50",
            "gone [10.0.0.50]");
  }

  @Test
  void onlyAddressesThatAreNewOrUnwantedConcernTheCompanion() {
    hold(0);
    keeper.work();
    host.news();
    keeper.hold(Nets.ETH0, Nets.virtual(Nets.VIP, Nets.VIP2), 0);
    keeper.work();
    assertThat(host.news())
        .containsExactly("arriving [10.0.0.51]", "put 10.0.0.50/32", "put 10.0.0.51/32");
    keeper.hold(Nets.ETH0, Nets.virtual(Nets.VIP2), 0);
    keeper.work();
    assertThat(host.news())
        .containsExactly(
            "leaving [10.0.0.50]", "remove 10.0.0.50", "gone [10.0.0.50]", "put 10.0.0.51/32");
  }

  @Test
  void addressThatExpiredLeavesTooWhenTheLoopGivesItUp() {
    hold(1);
    run(100);
    clock.advance(5_000 * FakeClock.MILLI);
    host.kernel.expire();
    keeper.work();
    host.news();
    keeper.release();
    keeper.work();
    assertThat(host.news())
        .containsExactly("leaving [10.0.0.50]", "remove 10.0.0.50", "gone [10.0.0.50]");
  }

  @Test
  void addressThatWasPutBackIsNoArrival() {
    hold(0);
    keeper.work();
    host.kernel.tear(Nets.ETH0, Nets.VIP);
    host.news();
    hold(0);
    keeper.work();
    assertThat(host.news()).containsExactly("put 10.0.0.50/32");
  }

  @Test
  void addressThatCannotBeRemovedLeavesAgainWithEachAttemptAndIsGoneOnce() {
    hold(0);
    keeper.work();
    host.news();
    host.kernel.removeFault = new OperatingException("RTM_DELADDR", "x", 16, "busy");
    host.kernel.failures = 1;
    keeper.release();
    run(1_001);
    assertThat(host.news())
        .containsExactly(
            "leaving [10.0.0.50]", "leaving [10.0.0.50]", "remove 10.0.0.50", "gone [10.0.0.50]");
  }
}
