package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Ours (150) between two keepalived (200 and 100) in one group that preempts: each round moves the
 * address from one of theirs to ours twice, and from ours to one of theirs twice.
 */
final class ThreeRouterCampaign {
  private final InteropStage stage;
  private final List<Long> toOurs = new ArrayList<>();
  private final List<Long> toTheirs = new ArrayList<>();

  private ThreeRouterCampaign(InteropStage stage) {
    this.stage = stage;
  }

  /** A change to the group. */
  private interface Deed {
    void run() throws Exception;
  }

  static void run(InteropStage stage, int rounds, long boundMillis) throws Exception {
    ThreeRouterCampaign campaign = new ThreeRouterCampaign(stage);
    campaign.rounds(rounds);
    Campaign.report(
        "take-overs, ours and two keepalived, version " + stage.config().version(),
        "to ours %s; to theirs %s".formatted(figures(campaign.toOurs), figures(campaign.toTheirs)));
    assertThat(campaign.toOurs).hasSize(2 * rounds).allMatch(gap -> gap <= boundMillis);
    assertThat(campaign.toTheirs).hasSize(2 * rounds).allMatch(gap -> gap <= boundMillis);
  }

  private void rounds(int rounds) throws Exception {
    GroupMember high = new GroupMember(stage.lab().host("cp-1"), 200);
    GroupMember own = new GroupMember(stage.lab().host("cp-2"), 150);
    GroupMember low = new GroupMember(stage.lab().host("cp-3"), 100);
    List<GroupMember> members = List.of(high, own, low);
    KeepalivedProgram keepalived = new KeepalivedProgram();
    Router first = keepalived.configure(stage.lab(), stage.config(), members, high);
    Router ours = Campaign.agent().configure(stage.lab(), stage.config(), members, own);
    Router last = keepalived.configure(stage.lab(), stage.config(), members, low);
    first.start();
    stage.holders("cp-1");
    ours.start();
    last.start();
    stage.calm();
    for (int i = 0; i < rounds; i++) {
      toOurs.add(move("cp-2", first::stop));
      toTheirs.add(move("cp-3", ours::stop));
      toOurs.add(move("cp-2", ours::start));
      toTheirs.add(move("cp-1", first::start));
    }
  }

  /** Milliseconds in which nobody held the address. */
  private long move(String to, Deed deed) throws Exception {
    long from = HolderWatch.nowMicros();
    deed.run();
    stage.holders(to);
    Thread.sleep(stage.config().interval().multipliedBy(2));
    assertThat(stage.watch().holders()).containsExactly(to);
    return HolderTimeline.longestWithout(stage.since(from));
  }

  private static String figures(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return "%d (without a holder: median %d ms, worst %d ms)"
        .formatted(sorted.size(), sorted.get(sorted.size() / 2), sorted.getLast());
  }
}
