package io.apiservervip.e2e.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Capture;
import io.apiservervip.e2e.lab.HolderTimeline;
import io.apiservervip.e2e.lab.HolderWatch;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.time.Duration;
import java.util.List;

/**
 * Two hosts for one scenario: keepalived on cp-1, the agent on cp-2; cp-3 is a member that the test
 * plays itself.
 */
final class InteropStage {
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /** Address lifetime of 1 s, and 1.1 s that the kernel may be late. */
  private static final long EXPIRY_MILLIS = 2100;

  private final Lab lab;
  private final HolderWatch watch;
  private final GroupConfig config;

  InteropStage(Lab lab, HolderWatch watch, GroupConfig config) {
    this.lab = lab;
    this.watch = watch;
    this.config = config;
  }

  GroupConfig config() {
    return config;
  }

  Lab lab() {
    return lab;
  }

  HolderWatch watch() {
    return watch;
  }

  /** Both routers. */
  record Pair(Router theirs, Router ours) {}

  private Pair pair(int theirPriority, int ourPriority) throws Exception {
    return pair(config, theirPriority, ourPriority);
  }

  private Pair pair(GroupConfig theirConfig, int theirPriority, int ourPriority) throws Exception {
    return pair(KeepalivedConfig.Extras.NONE, theirConfig, theirPriority, ourPriority);
  }

  Pair pair(
      KeepalivedConfig.Extras extras, GroupConfig theirConfig, int theirPriority, int ourPriority)
      throws Exception {
    GroupMember them = new GroupMember(lab.host("cp-1"), theirPriority);
    GroupMember us = new GroupMember(lab.host("cp-2"), ourPriority);
    List<GroupMember> members = List.of(them, us, new GroupMember(lab.host("cp-3"), 50));
    return new Pair(
        new KeepalivedProgram(extras).configure(lab, theirConfig, members, them),
        Campaign.agent().configure(lab, config, members, us));
  }

  Pair theirsActive() throws Exception {
    return theirsActive(pair(200, 100));
  }

  Pair theirsActive(Pair pair) throws Exception {
    pair.theirs().start();
    holders("cp-1");
    pair.ours().start();
    calm();
    holders("cp-1");
    return pair;
  }

  Pair oursActive() throws Exception {
    return oursActive(pair(100, 200));
  }

  Pair oursActive(Pair pair) throws Exception {
    pair.ours().start();
    holders("cp-2");
    pair.theirs().start();
    calm();
    holders("cp-2");
    return pair;
  }

  void theirsStops(long leastMillis, long mostMillis) throws Exception {
    Pair pair = theirsActive();
    long from = HolderWatch.nowMicros();
    pair.theirs().stop();
    holders("cp-2");
    assertThat(HolderTimeline.longestWithout(since(from))).isBetween(leastMillis, mostMillis);
  }

  void theirsIsKilled() throws Exception {
    Pair pair = theirsActive();
    pair.theirs().kill();
    holders("cp-1", "cp-2");
  }

  void theirsIsCut(boolean silently) throws Exception {
    Pair pair = theirsActive();
    if (silently) {
      lab.lanSwitch().blackhole(pair.theirs().host());
    } else {
      lab.lanSwitch().cut(pair.theirs().host());
    }
    watch.await(now -> now.contains("cp-2"), Duration.ofMillis(700));
    lab.lanSwitch().heal(pair.theirs().host());
    watch.await(now -> now.size() == 1, PATIENCE);
  }

  void theirsFreezes() throws Exception {
    Pair pair = theirsActive();
    pair.theirs().freeze();
    holders("cp-1", "cp-2");
    pair.theirs().resume();
    watch.await(now -> now.size() == 1, Duration.ofSeconds(3));
  }

  void oursStops(long leastMillis, long mostMillis) throws Exception {
    Pair pair = oursActive();
    long from = HolderWatch.nowMicros();
    assertThat(pair.ours().stop()).isZero();
    holders("cp-1");
    assertThat(HolderTimeline.longestWithout(since(from))).isBetween(leastMillis, mostMillis);
  }

  void oursIsKilled() throws Exception {
    Pair pair = oursActive();
    long from = HolderWatch.nowMicros();
    pair.ours().kill();
    holders("cp-1");
    assertThat((HolderWatch.nowMicros() - from) / 1000).isLessThanOrEqualTo(EXPIRY_MILLIS);
  }

  void oursFreezes() throws Exception {
    Pair pair = oursActive();
    pair.ours().freeze();
    holders("cp-1");
    Capture capture = adverts(pair.ours().host());
    pair.ours().resume();
    calm();
    assertThat(capture.stop()).isEmpty();
    holders("cp-1");
  }

  void oursIsCut() throws Exception {
    Pair pair = oursActive();
    lab.lanSwitch().blackhole(pair.ours().host());
    watch.await(now -> now.contains("cp-1"), Duration.ofMillis(700));
    lab.lanSwitch().heal(pair.ours().host());
    watch.await(now -> now.size() == 1, PATIENCE);
  }

  void theirsPreempts() throws Exception {
    Pair pair = pair(200, 100);
    pair.ours().start();
    holders("cp-2");
    pair.theirs().start();
    holders("cp-1");
  }

  void oursPreempts() throws Exception {
    Pair pair = pair(100, 200);
    pair.theirs().start();
    holders("cp-1");
    pair.ours().start();
    holders("cp-2");
  }

  void nobodyPreempts() throws Exception {
    Pair pair = pair(100, 200);
    pair.theirs().start();
    holders("cp-1");
    pair.ours().start();
    calm();
    calm();
    holders("cp-1");
  }

  void theirsPreemptsAfterItsDelay() throws Exception {
    Pair pair = pair(200, 100);
    pair.ours().start();
    holders("cp-2");
    long from = HolderWatch.nowMicros();
    pair.theirs().start();
    holders("cp-1");
    assertThat((HolderWatch.nowMicros() - from) / 1000).isBetween(2900L, 4500L);
  }

  void equalPriorities() throws Exception {
    // The agent refuses two members with one priority: the peer is told another on purpose.
    GroupMember them = new GroupMember(lab.host("cp-1"), 100);
    Pair pair = pair(150, 100);
    Router equal = new KeepalivedProgram().configure(lab, config, List.of(them), them);
    lab.lanSwitch().blackhole(pair.ours().host());
    equal.start();
    pair.ours().start();
    holders("cp-1", "cp-2");
    lab.lanSwitch().heal(pair.ours().host());
    holders("cp-2");
  }

  /** A peer that cannot share the VRID is up first: ours stays silent and holds nothing. */
  void conflict(GroupConfig theirConfig) throws Exception {
    Pair pair = pair(theirConfig, 200, 100);
    pair.theirs().start();
    calm();
    Capture capture = adverts(pair.ours().host());
    pair.ours().start();
    Thread.sleep(6000);
    assertThat(capture.stop()).isEmpty();
    assertThat(watch.holders()).doesNotContain("cp-2");
    assertThat(AgentStatus.of(pair.ours().host()).orElseThrow().role()).isEqualTo("Fault");
  }

  void sideBySide(GroupConfig theirConfig) throws Exception {
    Pair pair = pair(theirConfig.withAddresses(List.of("10.99.0.60")), 200, 100);
    pair.theirs().start();
    pair.ours().start();
    holders("cp-2");
    assertThat(lab.run(pair.theirs().host(), "ip", "-o", "address")).contains("10.99.0.60/");
  }

  void adoptsInterval(Duration theirInterval) throws Exception {
    Pair pair = pair(config.withInterval(theirInterval), 200, 100);
    pair.theirs().start();
    holders("cp-1");
    pair.ours().start();
    Thread.sleep(5000);
    holders("cp-1");
    long from = HolderWatch.nowMicros();
    pair.theirs().kill();
    watch.await(now -> now.contains("cp-2"), PATIENCE);
    // 3 x 300 ms + 156/256 x 300 ms = 1,083 ms after the last advert, which is up to 300 ms old
    assertThat((HolderWatch.nowMicros() - from) / 1000).isBetween(750L, 1250L);
  }

  /** Theirs advertises faster than ours is told to: ours follows the Active's interval. */
  void theirShorterInterval(Duration theirInterval) throws Exception {
    Pair pair = theirsActive(pair(config.withInterval(theirInterval), 200, 100));
    Capture capture = lab.capture(pair.theirs().host(), "ip proto 112");
    Thread.sleep(500);
    pair.theirs().kill();
    watch.await(now -> now.contains("cp-2"), PATIENCE);
    Thread.sleep(200);
    List<String> adverts = capture.stop();
    int first = 0;
    while (adverts.get(first).contains(pair.theirs().host().ipv4() + " >")) {
      first++;
    }
    double silence = seconds(adverts.get(first)) - seconds(adverts.get(first - 1));
    // 3 x 100 ms + 156/256 x 100 ms = 361 ms
    assertThat(silence).as(() -> String.join("\n", adverts)).isBetween(0.355, 0.42);
  }

  private static double seconds(String line) {
    return Double.parseDouble(line.substring(0, line.indexOf(' ')));
  }

  /** Only eight bytes of a password are sent: RFC 2338 section 5.3.6. */
  void longPassword(String theirPassword) throws Exception {
    Pair pair = theirsActive(pair(config.withPassword(theirPassword), 200, 100));
    pair.theirs().stop();
    holders("cp-2");
  }

  Capture adverts(Host sender) throws Exception {
    return lab.capture(sender, "ip proto 112 and src host " + sender.ipv4());
  }

  void holders(String... nodes) throws Exception {
    List<String> wished = List.of(nodes);
    watch.await(wished::equals, PATIENCE);
  }

  List<HolderTimeline.Span> since(long fromMicros) {
    return watch.spans(fromMicros, HolderWatch.nowMicros());
  }

  /** Longer than a start, its listening, and a down interval. */
  void calm() throws InterruptedException {
    Thread.sleep(config.activeDown(1).plus(Duration.ofSeconds(2)));
  }
}
