package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capture;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.probe.ConnectionProbe;
import io.apiservervip.e2e.probe.EchoBackends;
import io.apiservervip.e2e.probe.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Rows about the address itself: deleted by hand, and kept through reloads. */
final class AddressRows {
  private static final int DELETIONS = 9;

  private AddressRows() {}

  private static void delete(InteropStage stage, String node) throws Exception {
    Host host = stage.lab().host(node);
    stage.lab().run(host, "ip", "address", "del", stage.config().address() + "/32", "dev", "eth0");
  }

  /** Ours puts it back at once, counts it, and resigns not. */
  static void oursIsDeleted(InteropStage stage) throws Exception {
    stage.oursActive();
    Capture capture = stage.adverts(stage.lab().host("cp-2"));
    List<Double> gaps = new ArrayList<>();
    for (int i = 0; i < DELETIONS; i++) {
      long from = HolderWatch.nowMicros();
      delete(stage, "cp-2");
      Thread.sleep(300);
      stage.holders("cp-2");
      gaps.add(
          stage.since(from).stream()
                  .filter(span -> span.holders().isEmpty())
                  .mapToLong(span -> span.toMicros() - span.fromMicros())
                  .sum()
              / 1000.0);
    }
    gaps.sort(null);
    Campaign.report(
        "address deleted by hand",
        "back after: median %.1f ms, worst %.1f ms of %d"
            .formatted(gaps.get(DELETIONS / 2), gaps.getLast(), DELETIONS));
    assertThat(gaps.get(DELETIONS / 2)).isLessThan(5);
    assertThat(capture.stop()).isNotEmpty().noneMatch(line -> line.contains("prio 0"));
    assertThat(
            AgentStatus.document(stage.lab().host("cp-2"))
                .required("counters")
                .path("apiservervip.address.put_back")
                .asInt())
        .isEqualTo(DELETIONS);
  }

  /** Theirs (200) resigns and is back after its own skew; ours (100) does not come in between. */
  static void theirsIsDeleted(InteropStage stage) throws Exception {
    stage.theirsActive();
    long from = HolderWatch.nowMicros();
    delete(stage, "cp-1");
    stage.calm();
    stage.holders("cp-1");
    assertThat(stage.since(from)).noneMatch(span -> span.holders().contains("cp-2"));
    // skew at priority 200 and 1 s: 218.75 ms
    assertThat(HolderTimeline.longestWithout(stage.since(from))).isBetween(180L, 400L);
  }

  /** Both sides read a changed configuration while a client connects every 5 ms. */
  static void bothReload(InteropStage stage) throws Exception {
    InteropStage.Pair pair = stage.oursActive();
    try (EchoBackends backends = EchoBackends.start(stage.lab(), 6443);
        ConnectionProbe probe =
            ConnectionProbe.start(
                stage.lab().client().namespace(),
                stage.config().address(),
                backends.port(),
                Duration.ofMillis(5))) {
      Thread.sleep(500);
      long from = System.nanoTime();
      stage.pair(KeepalivedConfig.Extras.NONE, stage.config(), 90, 190);
      pair.ours().reload();
      pair.theirs().reload();
      Thread.sleep(3000);
      ProbeResult seen = probe.between(from, System.nanoTime());
      assertThat(seen.gaps()).as("ours Active: %s", seen).isEmpty();
      stage.holders("cp-2");
      assertThat(AgentStatus.of(pair.ours().host()).orElseThrow().priority()).isEqualTo(190);
      pair.ours().stop();
      stage.holders("cp-1");
      pair.ours().start();
      stage.calm();
      from = System.nanoTime();
      stage.pair(KeepalivedConfig.Extras.NONE, stage.config(), 150, 80);
      pair.ours().reload();
      pair.theirs().reload();
      Thread.sleep(3000);
      seen = probe.between(from, System.nanoTime());
      assertThat(seen.gaps()).as("theirs Active: %s", seen).isEmpty();
      stage.holders("cp-1");
    }
  }
}
