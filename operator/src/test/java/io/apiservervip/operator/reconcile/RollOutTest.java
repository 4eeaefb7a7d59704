package io.apiservervip.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.operator.status.Rollout;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollOutTest {
  private static final Instant NOW = Instant.parse("2026-11-20T22:30:00Z");

  @Test
  void nothingIsDoneWhenAllPodsAreOfTheTemplate() {
    RollOut.Step step = step(pod("cp-1", "new"), pod("cp-2", "new"), pod("cp-3", "new"));

    assertThat(step.delete()).isNull();
    assertThat(step.rollout()).isEqualTo(new Rollout.Complete());
    assertThat(step.again()).isNull();
  }

  @Test
  void itIsNotOverWhileTheLastPodIsYetToBeMade() {
    RollOut.Step step = step(pod("cp-1", "new"), pod("cp-2", "new"));

    assertThat(step.rollout())
        .isEqualTo(
            new Rollout.Moving(
                "2 of 2 agents run image:2 and this configuration; waiting for a pod to be made"));
  }

  @Test
  void aBackupGoesFirstAndTheActiveLast() {
    assertThat(deleted(pod("cp-1", "old"), pod("cp-2", "old"), pod("cp-3", "old")))
        .isEqualTo("cp-2");
    assertThat(deleted(pod("cp-1", "old"), pod("cp-2", "new"), pod("cp-3", "old")))
        .isEqualTo("cp-3");
    assertThat(deleted(pod("cp-1", "old"), pod("cp-2", "new"), pod("cp-3", "new")))
        .isEqualTo("cp-1");
  }

  @Test
  void oneThatDoesNotWorkAnywayGoesBeforeAll() {
    assertThat(deleted(pod("cp-1", "old"), pod("cp-2", "old"), unready("cp-3", "old", 500)))
        .isEqualTo("cp-3");
  }

  @Test
  void theNextWaitsUntilTheLastIsReady() {
    RollOut.Step step = step(pod("cp-1", "old"), unready("cp-2", "new", 20), pod("cp-3", "old"));

    assertThat(step.delete()).isNull();
    assertThat(step.rollout())
        .isEqualTo(
            new Rollout.Moving(
                "0 of 3 agents run image:2 and this configuration; waiting for cp-2"));
    assertThat(step.again()).isEqualTo(NOW.plusSeconds(40));
  }

  @Test
  void aBadImageStopsAtTheFirstNodeAfterAMinute() {
    RollOut.Step step = step(pod("cp-1", "old"), unready("cp-2", "new", 60), pod("cp-3", "old"));

    assertThat(step.delete()).isNull();
    assertThat(step.rollout())
        .isEqualTo(
            new Rollout.Stopped(
                "cp-2",
                "the agent on cp-2 is not ready after 60 s (image image:2; ErrImagePull: not"
                    + " found); the other nodes keep theirs until it is ready or spec.agent"
                    + " changes"));
  }

  @Test
  void aCorrectedImageReplacesTheBadPodFirst() {
    assertThat(deleted(pod("cp-1", "old"), unready("cp-2", "bad", 300), pod("cp-3", "old")))
        .isEqualTo("cp-2");
  }

  @Test
  void nothingIsDeletedWhileAPodEnds() {
    RollOut.Step step =
        step(pod("cp-1", "old"), leaving("cp-2", NOW.plusSeconds(30)), pod("cp-3", "old"));

    assertThat(step.delete()).isNull();
    assertThat(step.rollout())
        .isEqualTo(
            new Rollout.Moving(
                "0 of 3 agents run image:2 and this configuration; waiting for cp-2 to end"));
  }

  @Test
  void aPodThatNeverEndsOnADeadNodeHoldsUpNobodyForLong() {
    assertThat(
            deleted(pod("cp-1", "old"), leaving("cp-2", NOW.minusSeconds(60)), pod("cp-3", "old")))
        .isEqualTo("cp-3");
  }

  @Test
  void nothingIsDeletedWhileThePodOfANodeIsMissing() {
    assertThat(deleted(pod("cp-1", "old"), pod("cp-3", "old"))).isEmpty();
  }

  @Test
  void nothingIsDeletedBeforeTheControllerKnowsTheTemplate() {
    RollOut.Scene scene =
        new RollOut.Scene("new", "image:2", false, 1, List.of(pod("cp-1", "old")), "cp-1");

    RollOut.Step step = RollOut.next(scene, NOW);

    assertThat(step.delete()).isNull();
    assertThat(step.again()).isEqualTo(NOW.plusSeconds(15));
  }

  private static String deleted(AgentPod... pods) {
    AgentPod deleted = step(pods).delete();
    return deleted == null ? "" : deleted.node();
  }

  /** Three nodes, of which cp-1 holds the addresses. */
  private static RollOut.Step step(AgentPod... pods) {
    return RollOut.next(new RollOut.Scene("new", "image:2", true, 3, List.of(pods), "cp-1"), NOW);
  }

  private static AgentPod pod(String node, String template) {
    return new AgentPod(
        "pod-" + node, "uid", node, template, null, true, NOW.minusSeconds(900), "");
  }

  private static AgentPod unready(String node, String template, long seconds) {
    return new AgentPod(
        "pod-" + node,
        "uid",
        node,
        template,
        null,
        false,
        NOW.minusSeconds(seconds),
        "ErrImagePull: not found");
  }

  private static AgentPod leaving(String node, Instant until) {
    return new AgentPod("pod-" + node, "uid", node, "old", until, false, NOW, "");
  }
}
