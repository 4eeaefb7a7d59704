package io.apiservervip.e2e.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolderTimelineTest {
  private final HolderTimeline timeline = new HolderTimeline();

  @Test
  void spansFollowOneAnotherWithoutHoles() {
    change(0, "cp-1", true);
    change(1_000_000, "cp-1", false);
    change(1_300_000, "cp-2", true);

    assertThat(timeline.spans(0, 2_000_000))
        .containsExactly(
            new HolderTimeline.Span(0, 1_000_000, List.of("cp-1")),
            new HolderTimeline.Span(1_000_000, 1_300_000, List.of()),
            new HolderTimeline.Span(1_300_000, 2_000_000, List.of("cp-2")));
  }

  @Test
  void refreshOfAnAddressIsNoChange() {
    change(0, "cp-1", true);
    change(500_000, "cp-1", true);

    assertThat(timeline.spans(0, 1_000_000)).hasSize(1);
  }

  @Test
  void consecutiveSpansWithTwoHoldersAddUp() {
    change(0, "cp-1", true);
    change(100_000, "cp-2", true);
    change(200_000, "cp-3", true);
    change(300_000, "cp-1", false);
    change(400_000, "cp-2", false);

    List<HolderTimeline.Span> spans = timeline.spans(0, 1_000_000);

    assertThat(HolderTimeline.longestShared(spans)).isEqualTo(300);
    assertThat(HolderTimeline.longestWithout(spans)).isZero();
  }

  @Test
  void hostThatIsCutOffCountsNeitherAsSecondHolderNorAsOnlyOne() {
    change(0, "cp-1", true);
    change(300_000, "cp-2", true);

    List<HolderTimeline.Span> others = HolderTimeline.without("cp-1", timeline.spans(0, 1_000_000));

    assertThat(HolderTimeline.longestShared(others)).isZero();
    assertThat(HolderTimeline.longestWithout(others)).isEqualTo(300);
  }

  @Test
  void stampOfTheMonitorIsReadToTheMicrosecond() {
    assertThat(
            HolderWatch.stamp("[1970-01-01T00:00:01.000250] Deleted 2: eth0    inet 10.99.0.50/32"))
        .isEqualTo(1_000_250);
  }

  private void change(long atMicros, String node, boolean held) {
    timeline.add(new HolderTimeline.Change(atMicros, node, held));
  }
}
