package io.apiservervip.agent.vrrp;

import static io.apiservervip.agent.vrrp.Version.V2;
import static io.apiservervip.agent.vrrp.Version.V3;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected figures are worked out by hand from RFC 9568 §6.1 and RFC 3768 §6.1. */
class TimingTest {
  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest(name = "{0} priority {1}, {2} ns: skew {3} ns, Active-down {4} ns")
  @CsvSource(
      textBlock =
          """
          V3,   1, 1000000000, 996093750, 3996093750
          V3, 100, 1000000000, 609375000, 3609375000
          V3, 200, 1000000000, 218750000, 3218750000
          V3, 240, 1000000000,  62500000, 3062500000
          V3, 254, 1000000000,   7812500, 3007812500
          V3, 255, 1000000000,   3906250, 3003906250
          V3,   1,  100000000,  99609375,  399609375
          V3, 100,  100000000,  60937500,  360937500
          V3, 200,  100000000,  21875000,  321875000
          V3, 240,  100000000,   6250000,  306250000
          V3, 254,  100000000,    781250,  300781250
          V3,   1,   10000000,   9960937,   39960937
          V3, 100,   10000000,   6093750,   36093750
          V3, 200,   10000000,   2187500,   32187500
          V3, 240,   10000000,    625000,   30625000
          V3, 254,   10000000,     78125,   30078125
          V3,   1, 40950000000, 40790039062, 163640039062
          V3, 254, 40950000000,   319921875, 123169921875
          V2,   1, 1000000000, 996093750, 3996093750
          V2, 100, 1000000000, 609375000, 3609375000
          V2, 254, 1000000000,   7812500, 3007812500
          V2,   1, 2000000000, 996093750, 6996093750
          V2, 100, 2000000000, 609375000, 6609375000
          V2, 200, 2000000000, 218750000, 6218750000
          V2, 240, 2000000000,  62500000, 6062500000
          V2, 254, 2000000000,   7812500, 6007812500
          V2, 100, 255000000000, 609375000, 765609375000
          """)
  void skewAndActiveDownIntervalAreThoseOfTheRfc(
      Version version, int priority, long interval, long skew, long down) {
    assertThat(Timing.skewNanos(version, new Priority(priority), interval)).isEqualTo(skew);
    assertThat(Timing.activeDownNanos(version, new Priority(priority), interval)).isEqualTo(down);
  }

  @Test
  void everyPriorityWaitsForThreeAdvertsAndLessThanOneMore() {
    for (int priority = 1; priority <= 255; priority++) {
      assertThat(Timing.activeDownNanos(V3, new Priority(priority), 10_000_000L))
          .isBetween(30_000_001L, 39_999_999L);
    }
  }

  @Test
  void listeningLastsThreeIntervalsAndLongEnoughForANeighboursDefaults() {
    assertThat(Timing.listenNanos(V3, 10_000_000L)).isEqualTo(1_050_000_000L);
    assertThat(Timing.listenNanos(V3, 100_000_000L)).isEqualTo(1_050_000_000L);
    assertThat(Timing.listenNanos(V3, SECOND)).isEqualTo(3_050_000_000L);
    assertThat(Timing.listenNanos(V3, 40_950_000_000L)).isEqualTo(122_900_000_000L);
    assertThat(Timing.listenNanos(V2, SECOND)).isEqualTo(3_050_000_000L);
    assertThat(Timing.listenNanos(V2, 5 * SECOND)).isEqualTo(15_050_000_000L);
  }

  @Test
  void anActiveIsSilentForTooLongWhenTheKeenestBackupHasTakenOver() {
    assertThat(Timing.silenceLimitNanos(V3, 100_000_000L)).isEqualTo(300_781_250L);
    assertThat(Timing.silenceLimitNanos(V2, SECOND)).isEqualTo(3_007_812_500L);
  }

  @Test
  void announcementsAreDenseAtFirstAndThenRefreshed() {
    Announcements seven = new Announcements(7, 60 * SECOND);

    long[] due = new long[9];
    for (int i = 0; i < due.length; i++) {
      due[i] = seven.dueNanos(i, 5) / 1_000_000L;
    }

    assertThat(due).containsExactly(0, 50, 200, 500, 1000, 2000, 5000, 65_000, 125_000);
  }

  @Test
  void announcementsEndWhereNoRefreshIsWanted() {
    assertThat(new Announcements(2, 0).dueNanos(1, 0)).isEqualTo(50_000_000L);
    assertThat(new Announcements(2, 0).dueNanos(2, 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(new Announcements(9, 0).dueNanos(8, 0)).isEqualTo(15 * SECOND);
  }
}
