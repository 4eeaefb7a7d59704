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
            false,
            V3_SECOND,
            s -> theirsStops(s, 560, 720)),
        row(
            "theirs stops, v2 PASS: skew of 100 is 609 ms",
            false,
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
            "priority 0 of a third member, theirs is Active",
            true,
            V3,
            DiscardRows::thirdResignsWhileTheirsIsActive),
        row(
            "priority 0 of a third member, ours is Active",
            false,
            V3,
            DiscardRows::thirdResignsWhileOursIsActive),
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
            "v2 interval differs: ours sends nothing",
            false,
            V2,
            s -> s.conflict(s.config().withInterval(Duration.ofSeconds(2)))),
        row(
            "v3 interval of theirs is shorter: adopted",
            false,
            V3_SECOND,
            s -> s.theirShorterInterval(Duration.ofMillis(100))),
        row(
            "9 characters of password, the first 8 are ours",
            false,
            V2.withPassword("12345678"),
            s -> s.longPassword("123456789")),
        row(
            "theirs lists one address more",
            false,
            V3,
            s -> PeerOptionRows.addressListDiffers(s, List.of("10.99.0.50", "10.99.0.51"))),
        row(
            "theirs lists one address less",
            false,
            V3.withAddresses(List.of("10.99.0.50", "10.99.0.51")),
            s -> PeerOptionRows.addressListDiffers(s, List.of("10.99.0.50"))),
        row(
            "theirs sends the old unicast checksum",
            true,
            V3.with(GroupConfig.Options.UNICAST),
            PeerOptionRows::oldUnicastChecksum),
        row(
            "theirs sends unicast with TTL 64",
            false,
            V3.with(GroupConfig.Options.UNICAST),
            PeerOptionRows::unicastTimeToLive),
        row("theirs has a virtual MAC", true, V3, PeerOptionRows::virtualMac),
        row(
            "priority of theirs falls by a tracked file",
            false,
            V3.with(GroupConfig.Options.PREEMPT),
            PeerOptionRows::trackedFile),
        row("theirs runs 63 more virtual routers", false, V3, PeerOptionRows::crowd),
        row(
            "garbage twice an interval leaves the cadence",
            true,
            V3,
            DiscardRows::garbageLeavesTheCadence),
        row("address of ours deleted by hand is put back", true, V3, AddressRows::oursIsDeleted),
        row("address of theirs deleted by hand", false, V3_SECOND, AddressRows::theirsIsDeleted),
        row("both reload under traffic", false, V3, AddressRows::bothReload),
        row("message-only checksum is accepted", true, V3, DiscardRows::messageOnlyChecksum),
        row(
            "ours and two of theirs, v3",
            true,
            V3.with(GroupConfig.Options.PREEMPT),
            s -> ThreeRouterCampaign.run(s, Campaign.rounds(1, 10), 200)),
        row(
            "ours and two of theirs, v2 PASS",
            false,
            V2_PASS.with(GroupConfig.Options.PREEMPT),
            s -> ThreeRouterCampaign.run(s, Campaign.rounds(1, 10), 800)));
  }

  private static void theirsStops(InteropStage stage, long least, long most) throws Exception {
    stage.theirsStops(least, most);
  }

  private static InteropScenario row(
      String title, boolean inSample, GroupConfig group, Check check) {
    return new InteropScenario(title, inSample, group, check);
  }
}
