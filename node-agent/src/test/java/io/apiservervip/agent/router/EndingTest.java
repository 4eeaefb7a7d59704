package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Hand-over and shutdown end properly, whatever else goes on. */
class EndingTest {
  private final Lab lab = new Lab();

  private void stop(Lab.Node node, long millis) {
    node.loop.stopBy(lab.clock.nanoTime() + 7_500 * FakeClock.MILLI);
    lab.run(millis);
  }

  @Test
  void handOverIsAnsweredWhenTheSuccessorHasTheAddress() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.run(2_500);
    CompletableFuture<HandOverResult> answer = one.loop.handOver();
    lab.run(300);
    assertThat(answer)
        .isCompletedWithValue(new HandOverResult(true, "the address was handed over"));
    assertThat(two.role()).isEqualTo(Role.ACTIVE);
    assertThat(lab.holders()).containsExactly("Active");
  }

  @Test
  void loneActiveKeepsTheAddressAndSaysSo() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    lab.run(2_000);
    CompletableFuture<HandOverResult> answer = one.loop.handOver();
    lab.run(2);
    CompletableFuture<HandOverResult> second = one.loop.handOver();
    lab.run(1_000);
    assertThat(answer)
        .isCompletedWithValue(new HandOverResult(false, "nobody took the address: still here"));
    assertThat(second)
        .isCompletedWithValue(new HandOverResult(false, "the address is being given away already"));
    assertThat(one.holds()).isTrue();
  }

  @Test
  void backupHasNothingToHandOver() {
    lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.run(2_500);
    CompletableFuture<HandOverResult> answer = two.loop.handOver();
    lab.run(1);
    assertThat(answer)
        .isCompletedWithValue(new HandOverResult(false, "this node is not Active but Backup"));
  }

  @Test
  void tooManyHandOversAreRefusedAtOnce() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    List<CompletableFuture<HandOverResult>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(one.loop.handOver());
    }
    assertThat(answers.stream().filter(CompletableFuture::isDone)).hasSize(4);
    assertThat(one.observer.fullQueues).hasSize(4).containsOnly("hand-over");
    lab.run(1);
    assertThat(answers).allMatch(CompletableFuture::isDone);
  }

  @Test
  void handOverUnderWayOrAskedLaterIsAnsweredByTheShutdown() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    lab.run(2_000);
    CompletableFuture<HandOverResult> under = one.loop.handOver();
    lab.run(1);
    stop(one, 1_000);
    assertThat(one.ended).isTrue();
    assertThat(under).isCompletedWithValue(new HandOverResult(false, "nobody took the address"));
    assertThat(one.loop.handOver())
        .isCompletedWithValue(new HandOverResult(false, "the agent has stopped"));
    assertThat(one.holds()).isFalse();
  }

  @Test
  void shutDownHandsOverAndTakesTheAddressOff() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    Lab.Node two = lab.add(Nets.node(2, 150));
    lab.run(2_500);
    one.host.news();
    stop(one, 500);
    assertThat(one.ended).isTrue();
    assertThat(one.host.news())
        .containsExactly("advert 0", "advert 0", "remove 10.0.0.50", "close");
    assertThat(two.role()).isEqualTo(Role.ACTIVE);
    assertThat(lab.holders()).containsExactly("Active");
  }

  @Test
  void shutDownTakesTheAddressOffInTimeThoughLeavingWouldTakeLonger() {
    Nets.Draft draft = Nets.node(1, 200);
    draft.centiseconds = 4_000;
    Lab.Node one = lab.add(draft);
    lab.run(175_000);
    assertThat(one.role()).isEqualTo(Role.ACTIVE);
    stop(one, 7_400);
    assertThat(one.ended).isFalse();
    lab.run(200);
    assertThat(one.ended).isTrue();
    assertThat(one.holds()).isFalse();
  }

  @Test
  void shutDownEndsInEveryState() {
    List<Lab.Node> all = new ArrayList<>();
    Lab.Node listening = lab.add(Nets.node(1, 200));
    all.add(listening);
    FakeHost bare = new FakeHost(2, lab.clock, new Wire());
    bare.unplug(Nets.ETH0);
    bare.events.clear();
    all.add(lab.add(bare, Nets.node(2, 150)));
    FakeHost forbidden = new FakeHost(3, lab.clock, new Wire());
    forbidden.openFault = new OperatingException("socket", "eth0", 1, "not permitted");
    all.add(lab.add(forbidden, Nets.node(3, 100)));
    lab.run(10);
    assertThat(all)
        .extracting(Lab.Node::role)
        .containsExactly(Role.INITIALIZE, Role.FAULT, Role.FAULT);
    for (Lab.Node node : all) {
      CompletableFuture<HandOverResult> answer = node.loop.handOver();
      stop(node, 2);
      assertThat(node.ended).isTrue();
      assertThat(answer).isDone();
    }
  }

  @Test
  void shutDownBeforeTheFirstTurnEnds() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    stop(one, 2);
    assertThat(one.ended).isTrue();
  }

  @Test
  void shutDownDuringAchangeOfIdentityEndsWithoutTheSuccessor() {
    Nets.Draft draft = Nets.node(1, 200);
    Lab.Node one = lab.add(draft);
    lab.run(2_000);
    draft.vrid = 77;
    one.loop.reconfigure(draft.settings());
    lab.run(2);
    CompletableFuture<HandOverResult> answer = one.loop.handOver();
    stop(one, 1_000);
    assertThat(one.ended).isTrue();
    assertThat(one.holds()).isFalse();
    assertThat(answer).isDone();
  }

  @Test
  void bugOfTheAddressThreadEndsTheLoop() {
    Lab.Node one = lab.add(Nets.node(1, 200));
    lab.run(2_000);
    one.host.kernel.bug = new IllegalStateException("planted");
    one.loop.keeper().release();
    one.loop.keeper().run();
    assertThatThrownBy(() -> one.loop.turn())
        .hasMessage("the address thread failed")
        .hasRootCauseMessage("planted");
  }

  @Test
  void realThreadsComeToAnEndToo() throws InterruptedException {
    FakeHost host = new FakeHost(1, lab.clock, lab.wire);
    RecordingObserver observer = new RecordingObserver();
    RouterLoop loop =
        new RouterLoop(
            host,
            System::nanoTime,
            lab.clock,
            observer,
            AddressCompanion.NONE,
            Nets.node(1, 200).settings());
    Thread thread = Thread.ofPlatform().start(loop);
    assertThat(loop.shutDown(10_000)).isTrue();
    thread.join();
    assertThat(loop.handOver()).isDone();
  }
}
