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
                "2 of 3 agents run image:2 and this configuration; waiting for a pod to be made"));
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
                "0 of 3 agents run image:2 and this configuration; waiting for cp-2"
                    + " (ContainerCreating)"));
    assertThat(step.again()).isEqualTo(NOW.plusSeconds(40));
  }

  @Test
  void aPodThatSaysNothingStopsTheRollOutAfterAMinute() {
    RollOut.Step step = step(pod("cp-1", "old"), unready("cp-2", "new", 60), pod("cp-3", "old"));

    assertThat(step.delete()).isNull();
    assertThat(step.rollout())
        .isEqualTo(
            new Rollout.Stopped(
                "cp-2",
                "the agent is not ready after 60 s, pod pod-cp-2, image image:2: ContainerCreating;"
                    + " the other nodes keep theirs until it is ready or spec.agent changes"));
  }

  @Test
  void anImageThatCannotBePulledStopsItAtOnce() {
    RollOut.Step step =
        step(
            pod("cp-1", "old"),
            stuck("cp-2", "new", "ErrImagePull", "not found"),
            pod("cp-3", "old"));

    assertThat(step.delete()).isNull();
    assertThat(step.rollout())
        .isEqualTo(
            new Rollout.Stopped(
                "cp-2",
                "the agent does not start, pod pod-cp-2, image image:2: ErrImagePull: not found;"
                    + " correct spec.agent.image or the chart's agent.image, bring the image to the"
                    + " node, or give the registry's Secret in the chart's imagePullSecrets; the"
                    + " other nodes keep theirs until it is ready or spec.agent changes"));
  }

  @Test
  void whatAllNewPodsHaveInCommonIsToldOnce() {
    RollOut.Step step =
        step(
            unready("cp-1", "new", 10),
            stuck("cp-2", "new", "ImagePullBackOff", "Back-off"),
            stuck("cp-3", "new", "ErrImagePull", "not found"));

    assertThat(step.rollout())
        .isEqualTo(
            new Rollout.Stopped(
                "cp-2",
                "the agent does not start, pod pod-cp-2, image image:2: ImagePullBackOff: Back-off;"
                    + " correct spec.agent.image or the chart's agent.image, bring the image to the"
                    + " node, or give the registry's Secret in the chart's imagePullSecrets; the"
                    + " same on cp-3"));
  }

  @Test
  void podsThatCannotBeMadeStopIt() {
    RollOut.Step step = step("quota", pod("cp-1", "new"));

    assertThat(step.rollout())
        .isEqualTo(
            new Rollout.Stopped("", "2 of 3 pods cannot be made: quota; agents that run go on"));
    assertThat(step.again()).isEqualTo(NOW.plusSeconds(5));
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
        new RollOut.Scene("new", "image:2", false, 1, List.of(pod("cp-1", "old")), "", "cp-1");

    RollOut.Step step = RollOut.next(scene, NOW);

    assertThat(step.delete()).isNull();
    assertThat(step.again()).isEqualTo(NOW.plusSeconds(5));
  }

  private static String deleted(AgentPod... pods) {
    AgentPod deleted = step(pods).delete();
    return deleted == null ? "" : deleted.node();
  }

  /** Three nodes, of which cp-1 holds the addresses. */
  private static RollOut.Step step(AgentPod... pods) {
    return step("", pods);
  }

  private static RollOut.Step step(String refusal, AgentPod... pods) {
    return RollOut.next(
        new RollOut.Scene("new", "image:2", true, 3, List.of(pods), refusal, "cp-1"), NOW);
  }

  private static AgentPod pod(String node, String template) {
    return new AgentPod(
        "pod-" + node,
        "uid",
        node,
        template,
        null,
        true,
        NOW.minusSeconds(900),
        NOW,
        PodTrouble.NONE);
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
        null,
        PodTrouble.of("ContainerCreating", null));
  }

  private static AgentPod stuck(String node, String template, String reason, String message) {
    return new AgentPod(
        "pod-" + node,
        "uid",
        node,
        template,
        null,
        false,
        NOW.minusSeconds(2),
        null,
        PodTrouble.of(reason, message));
  }

  private static AgentPod leaving(String node, Instant until) {
    return new AgentPod(
        "pod-" + node, "uid", node, "old", until, false, NOW, null, PodTrouble.NONE);
  }
}
