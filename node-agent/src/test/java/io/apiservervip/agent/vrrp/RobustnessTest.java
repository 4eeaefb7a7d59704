package io.apiservervip.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold whatever arrives, and in whatever order. */
class RobustnessTest {
  private static final long MILLI = 1_000_000L;
  private static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.99");

  private static VirtualRouterConfig config(String line) {
    return ScriptedConfig.parse(Words.of(line));
  }

  private static VirtualRouter active(VirtualRouterConfig config) {
    VirtualRouter router = new VirtualRouter(config, 0);
    router.step(new Event.InterfaceReady(InetAddress.ofLiteral("10.0.0.1")), 0);
    while (!(router.state() instanceof Active)) {
      router.step(new Event.TimePassed(), router.nextDeadlineNanos());
    }
    return router;
  }

  /**
   * Every wake-up is up to 5 ms late; the n-th advert is still sent n intervals after the first.
   */
  @Test
  void advertisementsDoNotDriftOverAMillionIntervals() {
    VirtualRouter router = active(config("router interval 100ms prio 200 announcements 1"));
    Random random = new Random(1);
    long first = router.nextDeadlineNanos();

    for (int i = 0; i < 1_000_000; i++) {
      router.step(new Event.TimePassed(), router.nextDeadlineNanos() + random.nextLong(5 * MILLI));
    }

    assertThat(router.nextDeadlineNanos()).isEqualTo(first + 1_000_000 * 100 * MILLI);
  }

  @Test
  void aLateAdvertisementStartsANewCadenceInsteadOfABurst() {
    VirtualRouter router = active(config("router interval 100ms prio 200 announcements 1"));
    long late = router.nextDeadlineNanos() + 150 * MILLI;

    assertThat(router.step(new Event.TimePassed(), late)).hasSize(1);

    assertThat(router.nextDeadlineNanos()).isEqualTo(late + 100 * MILLI);
  }

  /** keepalived re-arms its advert timer on any packet of its VRID, and can be silenced so. */
  @Test
  void foreignPacketsAtAnyRateNeverSilenceAnActive() {
    VirtualRouter calm = active(config("router interval 100ms prio 200 announcements 1"));
    VirtualRouter pestered = active(config("router interval 100ms prio 200 announcements 1"));
    long now = calm.nextDeadlineNanos() - 100 * MILLI;

    for (int i = 0; i < 10_000; i++) {
      now += MILLI;
      assertThat(pestered.step(new Event.ForeignHeard(Rejection.BAD_CHECKSUM, OTHER, now), now))
          .isEmpty();
      assertThat(List.copyOf(pestered.step(new Event.TimePassed(), now)))
          .isEqualTo(List.copyOf(calm.step(new Event.TimePassed(), now)));
      assertThat(pestered.nextDeadlineNanos()).isEqualTo(calm.nextDeadlineNanos());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10ms", "40.95s"})
  void theShortestAndLongestIntervalOnTheWireKeepTheTimerWithinItsLimits(String interval) {
    ScriptedRouter router = new ScriptedRouter();
    router.run("router v3 interval 100ms prio 1");
    router.run("interface ready");
    router.run("at 1.04s");
    router.run("advert from 10.0.0.2 prio 200");
    router.run("at 1.1s");
    router.run("advert from 10.0.0.2 prio 200 interval " + interval);

    assertThat(router.state().deadlineNanos() - 1_100 * MILLI)
        .isBetween(3 * 10 * MILLI, 4 * 40_950 * MILLI);
  }

  /**
   * Any events in any order: the addresses are wanted exactly by those who hold them, adverts come
   * from those alone, nothing follows the end, and the deadline always moves on.
   */
  @Test
  void addressesFollowTheStateInEveryHistory() {
    for (long seed = 1; seed <= 3_000; seed++) {
      Random random = new Random(seed * 0x9E3779B97F4A7C15L);
      VirtualRouterConfig config =
          config(random.nextBoolean() ? "router preempt" : "router v2 interval 1s");
      VirtualRouter router = new VirtualRouter(config, 0);
      List<String> history = new ArrayList<>();
      boolean wanted = false;
      long now = 0;
      for (int i = 0; i < 200; i++) {
        boolean punctual = random.nextInt(4) != 0 && router.nextDeadlineNanos() != Long.MAX_VALUE;
        now =
            punctual
                ? Math.max(now, router.nextDeadlineNanos())
                : now + random.nextLong(50 * MILLI);
        Event event = punctual ? new Event.TimePassed() : anyEvent(random, config, now);
        boolean held = router.holdsAddresses();
        List<Action> actions = List.copyOf(router.step(event, now));
        history.add(event + " " + actions);
        wanted = wantedAfter(actions, wanted);
        assertThat(wanted).as("seed %d: %s", seed, history).isEqualTo(router.holdsAddresses());
        if (!held && !router.holdsAddresses()) {
          assertThat(actions)
              .as("seed %d", seed)
              .noneMatch(a -> a instanceof Action.SendAdvertisement);
        }
        if (punctual) {
          assertThat(router.nextDeadlineNanos())
              .as("seed %d: %s", seed, history)
              .isGreaterThan(now);
        }
      }
    }
  }

  private static boolean wantedAfter(List<Action> actions, boolean before) {
    boolean wanted = before;
    for (Action action : actions) {
      wanted =
          switch (action) {
            case Action.InstallAddresses _ -> true;
            case Action.RemoveAddresses _ -> false;
            case Action.SendAdvertisement _, Action.Announce _, Action.Transition _ -> wanted;
          };
    }
    return wanted;
  }

  private static Event anyEvent(Random random, VirtualRouterConfig config, long now) {
    String[] lines = {
      "interface ready",
      "interface lost",
      "interface lost vanished",
      "advert from 10.0.0.2 prio 200",
      "advert from 10.0.0.3 prio 100",
      "advert from 10.0.0.2 prio 50",
      "advert from 10.0.0.2 prio 0",
      "foreign auth_failure from 10.0.0.99",
      "health weight -85",
      "health weight 0",
      "health cannot serve",
      "addresses installed",
      "addresses failed",
      "address removed",
      "address expired",
      "neighbour claims",
      "sent",
      "send failed",
      "hand-over",
      "reconfigure prio 140",
      "reconfigure prio 90"
    };
    boolean end = random.nextInt(500) == 0;
    String line = end ? "shutdown" : lines[random.nextInt(lines.length)];
    return ScriptedEvent.parse(Words.of(line), config, now);
  }
}
