package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.vrrp.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
  private static final long MILLI = 1_000_000L;

  private final TimerWheel<String> wheel = new TimerWheel<>(0);
  private final List<String> expired = new ArrayList<>();

  private void advance(long millis) {
    wheel.advance(millis * MILLI, (owner, nowNanos) -> expired.add(owner));
  }

  private Timeout<String> schedule(String name, long millis) {
    Timeout<String> timeout = new Timeout<>(name);
    wheel.schedule(timeout, millis * MILLI);
    return timeout;
  }

  @Test
  void timeoutExpiresWithTheTickOfItsDeadline() {
    Timeout<String> exact = schedule("exact", 100);
    Timeout<String> between = schedule("between", 101);
    advance(99);
    assertThat(expired).isEmpty();
    advance(100);
    assertThat(expired).containsExactly("exact");
    assertThat(exact.scheduled()).isFalse();
    advance(109);
    assertThat(between.scheduled()).isTrue();
    advance(110);
    assertThat(expired).containsExactly("exact", "between");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void cancelledAndNeverScheduledOnesDoNotExpire() {
    Timeout<String> timeout = schedule("a", 50);
    wheel.cancel(timeout);
    wheel.cancel(timeout);
    wheel.schedule(timeout, Long.MAX_VALUE);
    advance(100_000);
    assertThat(expired).isEmpty();
    assertThat(wheel.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void movedTimeoutExpiresOnce() {
    Timeout<String> timeout = schedule("a", 50);
    wheel.schedule(timeout, 5_170 * MILLI);
    advance(5_169);
    assertThat(expired).isEmpty();
    advance(5_170);
    assertThat(expired).containsExactly("a");
  }

  @Test
  void farDeadlinesSurviveRoundsOfTheWheel() {
    Timeout<String> _ = schedule("an hour", 3_600_000);
    for (long now = 0; now < 3_600_000; now += 1_000) {
      advance(now);
    }
    assertThat(expired).isEmpty();
    advance(3_600_000);
    assertThat(expired).containsExactly("an hour");
  }

  @Test
  void longPauseLosesNothing() {
    Timeout<String> _ = schedule("late", 9_000);
    Timeout<String> _ = schedule("early", 20);
    Timeout<String> future = schedule("future", 70_000);
    advance(60_000);
    assertThat(expired).containsExactlyInAnyOrder("early", "late");
    assertThat(future.scheduled()).isTrue();
  }

  @Test
  void deadlineThatIsOverExpiresWithTheNextTick() {
    advance(1_000);
    Timeout<String> _ = schedule("past", 10);
    advance(1_009);
    assertThat(expired).isEmpty();
    advance(1_010);
    assertThat(expired).containsExactly("past");
  }

  @Test
  void expiredOneMayScheduleItselfAndCancelOthers() {
    Timeout<String> self = new Timeout<>("self");
    Timeout<String> other = new Timeout<>("other");
    wheel.schedule(self, 10 * MILLI);
    wheel.schedule(other, 10 * MILLI);
    wheel.advance(
        10 * MILLI,
        (owner, nowNanos) -> {
          expired.add(owner);
          wheel.cancel(other);
          wheel.schedule(self, nowNanos);
        });
    assertThat(expired).containsExactly("self");
    assertThat(wheel.size()).isEqualTo(1);
    advance(20);
    assertThat(expired).containsExactly("self", "self");
  }

  @Test
  void nextDeadlineIsNotAfterTheEarliestTick() {
    Timeout<String> _ = schedule("b", 205);
    Timeout<String> a = schedule("a", 91);
    assertThat(wheel.nextDeadlineNanos()).isEqualTo(100 * MILLI);
    wheel.cancel(a);
    assertThat(wheel.nextDeadlineNanos()).isEqualTo(210 * MILLI);
  }

  @SeededTest(runs = 300)
  void everyTimeoutExpiresInItsTickAndOnlyThen(Random random) {
    long start = random.nextInt(1_000_000) * MILLI - 500_000 * MILLI;
    TimerWheel<long[]> loop = new TimerWheel<>(start);
    long[] now = {start};
    List<Timeout<long[]>> timeouts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      timeouts.add(new Timeout<>(new long[] {Long.MAX_VALUE}));
    }
    for (int step = 0; step < 300; step++) {
      Timeout<long[]> timeout = timeouts.get(random.nextInt(50));
      timeout.owner()[0] =
          random.nextInt(5) == 0 ? Long.MAX_VALUE : now[0] + random.nextInt(20_000) * MILLI;
      loop.schedule(timeout, timeout.owner()[0]);
      long next = Math.max(now[0], loop.nextDeadlineNanos());
      now[0] = Math.min(next, now[0] + random.nextInt(300) * MILLI);
      loop.advance(
          now[0],
          (owner, nowNanos) -> {
            assertThat(owner[0]).isLessThanOrEqualTo(nowNanos);
            owner[0] = Long.MAX_VALUE;
          });
      for (Timeout<long[]> each : timeouts) {
        assertThat(each.owner()[0]).isGreaterThan(now[0] - 10 * MILLI);
        assertThat(each.scheduled()).isEqualTo(each.owner()[0] != Long.MAX_VALUE);
      }
    }
  }
}
