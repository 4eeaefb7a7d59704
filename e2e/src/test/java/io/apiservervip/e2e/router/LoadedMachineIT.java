package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.lab.LabProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Six groups at 100 ms on a machine whose cores are all busy: nobody takes over. */
@Tag("long")
class LoadedMachineIT {
  private static final int GROUPS = 6;
  private static final Duration INTERVAL = Duration.ofMillis(100);

  /** What the twelve agents together have counted. */
  private record Totals(long adverts, long transitions, double worst, Map<String, Long> lateness) {}

  @Test
  void nobodyTakesOverWhileEveryCoreIsBusy() throws Exception {
    int seconds = Campaign.rounds(30, 610);
    GroupConfig config = GroupConfig.of(3, INTERVAL);
    List<Lab> labs = new ArrayList<>();
    List<HolderWatch> watches = new ArrayList<>();
    try {
      for (int i = 0; i < GROUPS; i++) {
        Lab lab = Lab.open(2);
        labs.add(lab);
        watches.add(lab.watch(config.address()));
        RouterGroup.configure(lab, Campaign.agent(), config, watches.getLast()).calm();
      }
      LabProcess load = load(labs.getFirst());
      Thread.sleep(2000);
      assertThat(load.alive()).as("stress-ng, see %s", load.log()).isTrue();
      Totals before = totals(labs);
      long from = HolderWatch.nowMicros();
      Thread.sleep(Duration.ofSeconds(seconds));
      Totals after = totals(labs);
      assertThat(load.alive()).as("stress-ng, see %s", load.log()).isTrue();
      long adverts = after.adverts() - before.adverts();
      Campaign.report(
          "busy cores",
          "%d adverts in %d s, %d transitions, loop late %.1f ms at worst of the last minutes, %s"
              .formatted(
                  adverts,
                  seconds,
                  after.transitions() - before.transitions(),
                  after.worst() * 1000,
                  lateness(before, after)));
      assertThat(after.transitions()).isEqualTo(before.transitions());
      for (HolderWatch watch : watches) {
        List<HolderTimeline.Span> spans = watch.spans(from, HolderWatch.nowMicros());
        assertThat(spans).hasSize(1);
        assertThat(spans.getFirst().holders()).hasSize(1);
      }
      // 10 adverts a second and group; 2 % may be on their way or late
      assertThat((double) adverts).isGreaterThan(9.8 * GROUPS * seconds);
    } finally {
      watches.forEach(HolderWatch::close);
      labs.forEach(Lab::close);
    }
  }

  private static LabProcess load(Lab lab) throws Exception {
    String cores = String.valueOf(Runtime.getRuntime().availableProcessors());
    return lab.start(
        lab.client(), "stress-ng", List.of("stress-ng", "--cpu", cores), Capability.ROOT);
  }

  private static Totals totals(List<Lab> labs) throws Exception {
    long adverts = 0;
    long transitions = 0;
    double worst = 0;
    Map<String, Long> lateness = new LinkedHashMap<>();
    for (Lab lab : labs) {
      for (Host host : lab.hosts()) {
        AgentMetrics metrics = AgentMetrics.of(host);
        adverts += metrics.advertsSent();
        transitions += metrics.transitions();
        worst = Math.max(worst, metrics.worstLatenessSeconds());
        metrics.lateness().forEach((bound, count) -> lateness.merge(bound, count, Long::sum));
      }
    }
    return new Totals(adverts, transitions, worst, lateness);
  }

  /** Wake-ups of the twelve loops by how late they were, empty buckets left out. */
  private static String lateness(Totals before, Totals after) {
    StringBuilder text = new StringBuilder("wake-ups late by up to");
    after
        .lateness()
        .forEach(
            (bound, count) -> {
              long more = count - before.lateness().getOrDefault(bound, 0L);
              if (more > 0) {
                text.append(' ').append(bound).append(" s: ").append(more).append(';');
              }
            });
    return text.toString();
  }
}
