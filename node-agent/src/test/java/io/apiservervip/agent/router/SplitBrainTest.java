package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.Authentication;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.Version;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Split brain is seen, said with its likely cause, and never cried. */
class SplitBrainTest {
  private static final long SECOND = 1_000 * FakeClock.MILLI;

  private final Lab lab = new Lab();
  private final SplitBrainWatch watch = new SplitBrainWatch();

  private @Nullable String verdict(boolean weAreActive, int lifetimeSeconds, long millis) {
    Nets.Draft draft = Nets.node(1, 200);
    draft.lifetimeSeconds = lifetimeSeconds;
    return watch.verdict(weAreActive, draft.settings(), millis * FakeClock.MILLI);
  }

  private void advertise(InetAddress source, long fromMillis, long toMillis) {
    for (long at = fromMillis; at <= toMillis; at += 100) {
      watch.advertised(source, at * FakeClock.MILLI, SECOND / 10);
    }
  }

  @Test
  void activeThatHearsAnotherSaysSoAfterThreeSecondsAndStopsWhenItStops() {
    advertise(Nets.host(2), 1_000, 3_900);
    assertThat(verdict(true, 1, 3_900)).isNull();
    advertise(Nets.host(2), 4_000, 4_000);
    assertThat(verdict(true, 1, 4_000))
        .isEqualTo(
            "node-1 and node-2 (10.0.0.2) are both Active: IP protocol 112 from node-1 is filtered"
                + " on the way there");
    assertThat(verdict(true, 1, 4_401)).isNull();
  }

  @Test
  void routerThatIsActiveBetweenProbesIsNoStranger() {
    MacAddress first = new MacAddress(1);
    MacAddress second = new MacAddress(2);
    watch.activeIs(Nets.host(2));
    for (int millis = 0; millis <= 9_000; millis += 1_000) {
      advertise(Nets.host(2), millis, millis + 200);
      watch.activeAnswered(first);
      watch.claimed(first);
      advertise(Nets.host(3), millis + 500, millis + 700);
      watch.claimed(second);
      advertise(Nets.host(2), millis + 800, millis + 900);
      watch.endRound(false, (millis + 1_000) * FakeClock.MILLI);
      watch.activeIs(Nets.host(2));
      assertThat(verdict(false, 1, millis + 1_000)).isNull();
    }
  }

  @Test
  void evidenceMustLastTwiceTheLifetime() {
    advertise(Nets.host(2), 0, 5_900);
    assertThat(verdict(true, 3, 5_900)).isNull();
    advertise(Nets.host(2), 6_000, 6_000);
    assertThat(verdict(true, 3, 6_000)).isNotNull();
  }

  @Test
  void brokenRowOfAdvertsIsNoEvidence() {
    advertise(Nets.host(2), 0, 2_000);
    advertise(Nets.host(2), 2_500, 4_500);
    assertThat(verdict(true, 1, 4_500)).isNull();
  }

  @Test
  void backupThatHearsTwoActivesNamesBoth() {
    advertise(Nets.host(2), 0, 4_000);
    assertThat(verdict(false, 1, 4_000)).isNull();
    advertise(Nets.host(3), 1_000, 3_900);
    assertThat(verdict(false, 1, 4_000)).isNull();
    advertise(Nets.host(3), 4_000, 4_000);
    assertThat(verdict(false, 1, 4_000))
        .isEqualTo(
            "node-2 (10.0.0.2) and node-3 (10.0.0.3) are both Active: IP protocol 112 is filtered"
                + " between them");
    watch.resigned(Nets.host(3));
    assertThat(verdict(false, 1, 4_000)).isNull();
  }

  @Test
  void strangerMustAnswerThreeProbesAndLongEnough() {
    for (int second = 0; second <= 3; second++) {
      assertThat(verdict(true, 1, second * 1_000L)).isNull();
      watch.claimed(Nets.mac(9));
      watch.endRound(true, second * SECOND);
    }
    assertThat(verdict(true, 1, 3_000))
        .isEqualTo(
            "node-1 is Active, and station 02:00:00:00:00:09 answers for the address too: IP"
                + " protocol 112 is filtered, or its VRID differs");
    watch.endRound(true, 4 * SECOND);
    assertThat(verdict(true, 1, 4_000)).isNull();
    assertThat(watch.strangers()).isEmpty();
  }

  @Test
  void backupHoldsAnswersAgainstEveryStationOfTheActive() {
    for (int second = 0; second <= 10; second++) {
      watch.activeIs(Nets.host(2));
      watch.activeAnswered(Nets.mac(2));
      watch.activeAnswered(Nets.mac(22));
      watch.claimed(Nets.mac(second % 2 == 0 ? 2 : 22));
      watch.endRound(false, second * SECOND);
      assertThat(watch.strangers()).isEmpty();
    }
  }

  @Test
  void backupThatDoesNotKnowTheActivesStationRaisesNothing() {
    for (int second = 0; second <= 10; second++) {
      watch.activeIs(Nets.host(2));
      watch.claimed(Nets.mac(9));
      watch.endRound(false, second * SECOND);
    }
    assertThat(watch.strangers()).isEmpty();
  }

  @Test
  void movesBetweenOthersNeverAddUp() {
    for (int move = 0; move < 20; move++) {
      int from = 2 + move % 2;
      int to = 3 - move % 2;
      watch.activeIs(Nets.host(from));
      watch.activeAnswered(Nets.mac(from));
      watch.claimed(Nets.mac(to));
      watch.endRound(false, 2L * move * SECOND);
      watch.activeIs(Nets.host(to));
      watch.activeAnswered(Nets.mac(to));
      watch.claimed(Nets.mac(to));
      watch.endRound(false, (2L * move + 1) * SECOND);
      assertThat(verdict(false, 1, (2L * move + 1) * 1_000)).isNull();
    }
  }

  @Test
  void theVirtualRoutersOwnStationIsNoStranger() {
    watch.activeIs(Nets.host(2));
    watch.activeAnswered(Nets.mac(2));
    watch.claimed(new MacAddress(0x00005e000133L));
    watch.endRound(false, SECOND);
    assertThat(watch.strangers()).isEmpty();
  }

  @Test
  void likelyCauseIsWhatWasRejectedLately() {
    LikelyCause cause = new LikelyCause();
    assertThat(cause.text(SECOND, "filtered")).isEqualTo("filtered");
    cause.rejected(Rejection.VERSION_MISMATCH, SECOND);
    assertThat(cause.text(2 * SECOND, "filtered"))
        .isEqualTo("the VRRP versions differ (adverts are rejected here as version_mismatch)");
    cause.rejected(Rejection.UNKNOWN_VRID, 2 * SECOND);
    assertThat(cause.text(2 * SECOND, "filtered"))
        .startsWith("a member uses another virtualRouterId");
    assertThat(cause.text(12 * SECOND, "filtered")).isEqualTo("filtered");
  }

  private void neverSplit(long millis) {
    for (long i = 0; i < millis; i++) {
      lab.run(1);
      for (Lab.Node node : lab.nodes) {
        assertThat(node.loop.status().splitBrain()).isNull();
      }
    }
  }

  @Test
  void crashNeverRaisesItThoughTheOldHolderAnswersUntilTheKernelDropsTheAddress() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    lab.add(Nets.node(2, 150));
    lab.add(Nets.node(3, 100));
    neverSplit(5_000);
    one.paused = true;
    neverSplit(15_000);
    assertThat(lab.holders()).containsExactly("Active");
  }

  @Test
  void plannedMovesNeverRaiseIt() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.add(Nets.node(3, 100));
    neverSplit(4_000);
    for (int i = 0; i < 8; i++) {
      Lab.Node from = i % 2 == 0 ? one : two;
      assertThat(from.role()).isEqualTo(Role.ACTIVE);
      var answer = from.loop.handOver();
      neverSplit(2_500);
      assertThat(answer.join().given()).isTrue();
      assertThat(lab.holders()).containsExactly("Active");
    }
  }

  @Test
  void filteredProtocolIsSeenByProbesOnBothSidesAndGoneAfterTheHeal() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.run(4_000);
    lab.wire.filterBothWays(one.host, two.host);
    lab.run(9_000);
    assertThat(lab.holders()).containsExactly("Active", "Active");
    assertThat(one.loop.status().splitBrain())
        .isEqualTo(
            "node-1 is Active, and station 02:00:00:00:00:02 answers for the address too: IP"
                + " protocol 112 is filtered, or its VRID differs");
    assertThat(two.loop.status().splitBrain()).contains("02:00:00:00:00:01");
    assertThat(two.loop.status().answeringMacs()).containsExactly(Nets.mac(1));
    lab.wire.heal();
    lab.run(3_000);
    assertThat(lab.holders()).containsExactly("Active");
    assertThat(one.loop.status().splitBrain()).isNull();
    assertThat(two.loop.status().splitBrain()).isNull();
  }

  @Test
  void observerOfTwoActivesThatDoNotHearEachOtherNamesThem() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    Lab.Node three = lab.add(Nets.node(3, 100));
    lab.run(4_000);
    lab.wire.filterBothWays(one.host, two.host);
    lab.run(9_000);
    assertThat(three.role()).isEqualTo(Role.BACKUP);
    assertThat(three.loop.status().splitBrain())
        .contains("node-1 (10.0.0.1)")
        .contains("node-2 (10.0.0.2)")
        .contains("IP protocol 112 is filtered between them");
  }

  @Test
  void passwordThatDiffersIsNamed() {
    Nets.Draft first = Nets.node(1, 200);
    Nets.Draft second = Nets.node(2, 150);
    for (Nets.Draft draft : new Nets.Draft[] {first, second}) {
      draft.version = Version.V2;
      draft.centiseconds = 100;
      draft.authentication = Authentication.Password.of("1111");
    }
    lab.add(first);
    Lab.Node two = lab.add(second);
    lab.run(8_000);
    second.authentication = Authentication.Password.of("2222");
    two.loop.reconfigure(second.settings());
    lab.run(12_000);
    assertThat(lab.holders()).containsExactly("Active", "Active");
    for (Lab.Node node : lab.nodes) {
      assertThat(node.loop.status().splitBrain())
          .endsWith("the passwords differ (adverts are rejected here as auth_failure)");
    }
  }
}
