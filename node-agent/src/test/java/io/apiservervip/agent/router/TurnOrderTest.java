package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What comes first in a turn of the loop, above all after a pause. */
class TurnOrderTest {
  private final Lab lab = new Lab();

  @Test
  void loneRouterListensThenTakesTheAddressAndAnnouncesIt() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    lab.run(1_000);
    assertThat(one.role()).isEqualTo(Role.INITIALIZE);
    assertThat(one.observer.sent).isZero();
    lab.run(100);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.host.log)
        .startsWith("open eth0", "advert 200", "put 10.0.0.50/32", "announce 10.0.0.50");
    assertThat(one.loop.status().addressOwned()).isTrue();
  }

  @Test
  void activeThatStoodStillDropsTheAddressFirstAndSendsNothingMore() {
    Nets.Draft draft = Nets.node(1, 200);
    draft.lifetimeSeconds = 0;
    Lab.Node one = lab.add(draft);
    lab.run(2_000);
    one.host.news();
    lab.standStill(302);
    lab.run(3);
    assertThat(one.host.news()).containsExactly("remove 10.0.0.50");
    assertThat(one.role()).isEqualTo(Role.BACKUP);
    assertThat(one.observer.roles.getLast()).isEqualTo("Active -> Backup loop_late");
  }

  @Test
  void activeThatWasAlittleLateGoesOn() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    lab.run(2_000);
    lab.standStill(200);
    lab.run(2);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void lateActiveReadsWhatArrivedBeforeItSpeaks() {
    Lab.Node one = lab.add(Nets.node(1, 150));
    lab.run(2_000);
    lab.standStill(150);
    one.host.news();
    byte[] better = {0x31, 51, (byte) 200, 1, 0, 10, 0, 0, 10, 0, 0, 50};
    one.host.deliver(Nets.host(2), Nets.ip("224.0.0.18"), Checksums.pseudo(better, 2));
    one.loop.turn();
    assertThat(one.host.news()).containsExactly("advert 150");
    assertThat(one.loop.status().reason())
        .isEqualTo("10.0.0.2 (priority 200) is Active and ranks higher");
  }

  @Test
  void backupThatStoodStillDoesNotTakeOverWhileAdvertsAreQueued() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.run(2_000);
    two.paused = true;
    lab.run(20_000);
    two.paused = false;
    lab.run(500);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    assertThat(two.role()).isEqualTo(Role.BACKUP);
    assertThat(two.observer.sent).isZero();
  }

  @Test
  void frozenActiveComesBackAsBackupWithoutOneAdvert() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.run(2_000);
    one.paused = true;
    one.host.news();
    lab.run(5_000);
    assertThat(two.role()).isEqualTo(Role.ACTIVE);
    assertThat(one.host.news()).containsExactly("expired 10.0.0.50");
    one.paused = false;
    lab.run(3_000);
    assertThat(one.role()).isEqualTo(Role.BACKUP);
    assertThat(one.host.log).noneMatch(line -> line.startsWith("advert"));
    assertThat(two.holds()).isTrue();
    assertThat(lab.holders()).hasSize(1);
  }

  @Test
  void pauseInTheMiddleOfAturnIsNoticedBeforeTheTimersFire() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    lab.run(2_000);
    lab.standStill(99);
    one.host.news();
    one.observer.roles.clear();
    one.host.pauseInReceive = 400 * FakeClock.MILLI;
    one.turn();
    assertThat(one.host.log).doesNotContain("advert 200");
    assertThat(one.observer.roles).containsExactly("Active -> Backup loop_late");
  }

  @Test
  void steppedWallClockDoesNotAgeAdverts() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.run(2_000);
    two.host.clockStepNanos = 3_600_000 * FakeClock.MILLI;
    lab.run(2_000);
    two.host.clockStepNanos = -3_600_000 * FakeClock.MILLI;
    lab.run(2_000);
    assertThat(two.observer.roles).containsExactly("Initialize -> Backup listened");
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
  }

  @Test
  void missingRealTimePriorityIsSaidOnce() {
    FakeHost host = new FakeHost(1, lab.clock, lab.wire);
    host.realTimeErrno = 1;
    Lab.Node one = lab.add(host, Nets.node(1, 200));
    lab.run(3_000);
    assertThat(one.observer.notices).hasSize(1).first().asString().contains("CAP_SYS_NICE");
  }
}
