package io.apiservervip.e2e.router;

import java.time.Duration;
import java.util.List;

/** A row of the interoperability matrix: a group, and what is done to it. */
record InteropScenario(String title, boolean inSample, GroupConfig group, Check check) {
  private static final GroupConfig V3 = GroupConfig.of(3, Duration.ofMillis(100));
  private static final GroupConfig V3_SECOND = GroupConfig.of(3, Duration.ofSeconds(1));
  private static final GroupConfig V2 = GroupConfig.of(2, Duration.ofSeconds(1));
  private static final GroupConfig V2_PASS = V2.withPassword("1111");
  private static final GroupConfig V6 = V3.withAddresses(List.of("fd99::50"));

  /** What a scenario does and asserts. */
  interface Check {
    void run(InteropStage stage) throws Exception;
  }

  @Override
  public String toString() {
    return title;
  }

  static List<InteropScenario> all() {
    return List.of(
        row(
            "theirs stops, v3 1 s: skew of 100 is 609 ms",
            true,
            V3_SECOND,
            s -> theirsStops(s, 560, 720)),
        row(
            "theirs stops, v2 PASS: skew of 100 is 609 ms",
            true,
            V2_PASS,
            s -> theirsStops(s, 560, 720)),
        row("theirs stops, v3 100 ms", false, V3, s -> theirsStops(s, 30, 140)),
        row(
            "theirs stops, unicast",
            true,
            V3.with(GroupConfig.Options.UNICAST),
            s -> theirsStops(s, 30, 140)),
        row("theirs stops, IPv6", true, V6, s -> theirsStops(s, 30, 140)),
        row(
            "theirs is killed: its address stays, ours takes over",
            true,
            V3,
            InteropStage::theirsIsKilled),
        row("theirs loses its carrier", false, V3, s -> s.theirsIsCut(false)),
        row("theirs is cut in silence", false, V3, s -> s.theirsIsCut(true)),
        row("theirs freezes and comes back", false, V3, InteropStage::theirsFreezes),
        row("ours stops: make before break", true, V3, s -> s.oursStops(0, 25)),
        row("ours stops, v2 PASS", false, V2_PASS, s -> s.oursStops(0, 25)),
        row("ours stops, IPv6", false, V6, s -> s.oursStops(0, 25)),
        row("ours is killed: the kernel drops the address", true, V3, InteropStage::oursIsKilled),
        row("ours freezes: the kernel drops the address", false, V3, InteropStage::oursFreezes),
        row("ours is cut in silence", false, V3, InteropStage::oursIsCut),
        row(
            "theirs is higher and preempts",
            false,
            V3.with(GroupConfig.Options.PREEMPT),
            InteropStage::theirsPreempts),
        row(
            "ours is higher and preempts",
            true,
            V3.with(GroupConfig.Options.PREEMPT),
            InteropStage::oursPreempts),
        row("nobody preempts", false, V3, InteropStage::nobodyPreempts),
        row(
            "theirs waits out its preempt delay",
            false,
            V3.with(new GroupConfig.Options(true, Duration.ofSeconds(3), false)),
            InteropStage::theirsPreemptsAfterItsDelay),
        row(
            "priority 0 of a stranger disturbs nobody",
            false,
            V3,
            s -> s.crafted(0, CraftedAdvert.Checksum.PSEUDO_HEADER)),
        row("equal priority: the higher address wins", false, V3, InteropStage::equalPriorities),
        row(
            "wrong password: ours sends nothing",
            true,
            V2_PASS,
            s -> s.conflict(s.config().withPassword("2222"))),
        row(
            "none against PASS: ours sends nothing",
            false,
            V2,
            s -> s.conflict(s.config().withPassword("1111"))),
        row(
            "disjoint addresses: ours sends nothing",
            false,
            V3,
            s -> s.conflict(s.config().withAddresses(List.of("10.99.0.60")))),
        row("version differs: ours sends nothing", false, V3_SECOND, s -> s.conflict(V2)),
        row(
            "other VRID: two groups side by side",
            false,
            V3,
            s -> s.sideBySide(s.config().withVirtualRouterId(52))),
        row(
            "v3 interval differs: adopted",
            false,
            V3,
            s -> s.adoptsInterval(Duration.ofMillis(300))),
        row(
            "garbage twice an interval leaves the cadence",
            true,
            V3,
            s -> s.crafted(200, CraftedAdvert.Checksum.WRONG)),
        row("address deleted by hand is put back", true, V3, InteropStage::addressIsDeleted),
        row("message-only checksum is accepted", true, V3, InteropStage::messageOnlyChecksum),
        row(
            "20 take-overs each way, v3",
            false,
            V3.with(GroupConfig.Options.PREEMPT),
            s -> s.takeOvers(20)),
        row(
            "20 take-overs each way, v2 PASS",
            false,
            V2_PASS.with(GroupConfig.Options.PREEMPT),
            s -> s.takeOvers(20)));
  }

  private static void theirsStops(InteropStage stage, long least, long most) throws Exception {
    stage.theirsStops(least, most);
  }

  private static InteropScenario row(
      String title, boolean inSample, GroupConfig group, Check check) {
    return new InteropScenario(title, inSample, group, check);
  }
}
