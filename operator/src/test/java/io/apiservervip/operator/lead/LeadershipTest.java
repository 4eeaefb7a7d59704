package io.apiservervip.operator.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Leadership NEW = Leadership.none("a", LeaseTimes.DEFAULT);

  @Test
  void takesALeaseThatIsNotThere() {
    assertThat(NEW.saw(null, 0).move(0)).isEqualTo(new Move.Take(0));
  }

  @Test
  void takesALeaseThatWasGivenBackAndCountsTheTransition() {
    assertThat(NEW.saw(lease("", "t1", 4), 0).move(0)).isEqualTo(new Move.Take(5));
  }

  @Test
  void waitsWhileTheLeaseOfAnotherChanges() {
    Leadership seen = NEW.saw(lease("b", "t1", 0), 0).saw(lease("b", "t2", 0), 9 * SECOND);

    assertThat(seen.move(18 * SECOND)).isEqualTo(new Move.Wait());
  }

  @Test
  void takesTheLeaseOfAnotherOnceItStoodStillForItsDuration() {
    Leadership seen = NEW.saw(lease("b", "t1", 2), 0).saw(lease("b", "t1", 2), 9 * SECOND);

    assertThat(seen.move(10 * SECOND)).isEqualTo(new Move.Take(3));
  }

  @Test
  void aClockThatIsWrongElsewhereChangesNothing() {
    // renewal times far in the past or future are texts that change, no more
    Leadership seen =
        NEW.saw(lease("b", "1970-01-01T00:00:00Z", 0), 0)
            .saw(lease("b", "1970-01-01T00:00:02Z", 0), 2 * SECOND);

    assertThat(seen.move(3 * SECOND)).isEqualTo(new Move.Wait());
  }

  @Test
  void renewsItsOwn() {
    assertThat(NEW.saw(lease("a", "t1", 0), 0).move(0)).isEqualTo(new Move.Renew());
  }

  @Test
  void leadsAfterAWriteAndUntilTheRenewDeadline() {
    Leadership leader = NEW.saw(null, 0).wrote(SECOND);

    assertThat(leader.leads(SECOND)).isTrue();
    assertThat(leader.leads(8 * SECOND - 1)).isTrue();
    assertThat(leader.leads(8 * SECOND)).isFalse();
  }

  @Test
  void aLeaseThatNamesItDoesNotMakeItLeadBeforeItWroteItself() {
    assertThat(NEW.saw(lease("a", "t1", 0), 0).leads(0)).isFalse();
  }

  @Test
  void stopsLeadingWhenAnotherHoldsTheLease() {
    Leadership leader = NEW.saw(null, 0).wrote(0);

    assertThat(leader.saw(lease("b", "t1", 1), SECOND).leads(SECOND)).isFalse();
  }

  @Test
  void stopsLeadingWhenTheLeaseIsGone() {
    Leadership leader = NEW.saw(null, 0).wrote(0);

    assertThat(leader.saw(null, SECOND).leads(SECOND)).isFalse();
  }

  @Test
  void timesThatWouldLetTwoLeadAreRefused() {
    Duration ten = Duration.ofSeconds(10);
    assertThatThrownBy(() -> new LeaseTimes(ten, ten, Duration.ofSeconds(2)))
        .hasMessage("retry < renewDeadline < duration must hold");
  }

  private static LeaseRecord lease(String holder, String renewal, int transitions) {
    return new LeaseRecord(holder, Duration.ofSeconds(10), renewal, transitions);
  }
}
