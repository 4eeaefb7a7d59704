package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.status.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pod is replaced next. Pure. Those that do not work anyway go first, then Backups one at a
 * time, each after the one before it is ready; the Active is the last, and its agent hands over
 * when it is told to end. A new pod that is not ready after a minute stops the roll-out.
 */
final class RollOut {
  /** How long a new pod may take. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private RollOut() {}

  /**
   * What a decision depends on.
   *
   * @param template what the pods should be made from
   * @param image of that template, for messages
   * @param settled whether the DaemonSet's controller knows this template; until then it would make
   *     pods from the old one
   * @param desired how many pods there should be
   * @param pods as they are
   * @param active the node that holds the addresses; null: none
   */
  record Scene(
      String template,
      String image,
      boolean settled,
      int desired,
      List<AgentPod> pods,
      @Nullable String active) {
    Scene {
      pods = List.copyOf(pods);
    }

    boolean current(AgentPod pod) {
      return pod.template().equals(template);
    }
  }

  /**
   * What follows.
   *
   * @param delete the pod to delete now; null: none
   * @param rollout how far it is
   * @param again when to look again though no pod changes; null: no need
   */
  record Step(@Nullable AgentPod delete, Rollout rollout, @Nullable Instant again) {}

  static Step next(Scene scene, Instant now) {
    List<AgentPod> old =
        scene.pods().stream()
            .filter(pod -> pod.leaving() == null && !scene.current(pod))
            .sorted(order(scene))
            .toList();
    AgentPod young =
        scene.pods().stream()
            .filter(pod -> pod.leaving() == null && scene.current(pod) && !pod.ready())
            .min(Comparator.comparing(AgentPod::since).thenComparing(AgentPod::node))
            .orElse(null);
    if (young != null) {
      return await(scene, young, now);
    }
    String blocked = blocked(scene, now);
    if (old.isEmpty()) {
      return scene.settled() && scene.pods().size() < scene.desired()
          ? new Step(null, new Rollout.Moving(progress(scene, blocked)), null)
          : new Step(null, new Rollout.Complete(), null);
    }
    AgentPod next = old.getFirst();
    return blocked.isEmpty()
        ? new Step(next, new Rollout.Moving(progress(scene, next.node() + " is next")), null)
        : new Step(
            null, new Rollout.Moving(progress(scene, blocked)), now.plus(PATIENCE.dividedBy(4)));
  }

  private static Step await(Scene scene, AgentPod young, Instant now) {
    Instant limit = young.since().plus(PATIENCE);
    if (now.isBefore(limit)) {
      String waiting = "waiting for " + young.node();
      return new Step(null, new Rollout.Moving(progress(scene, waiting)), limit);
    }
    String why = young.trouble().isEmpty() ? "its log says why" : young.trouble();
    String message =
        "the agent on "
            + young.node()
            + " is not ready after "
            + PATIENCE.toSeconds()
            + " s (image "
            + scene.image()
            + "; "
            + why
            + "); the other nodes keep theirs until it is ready or spec.agent changes";
    return new Step(null, new Rollout.Stopped(young.node(), message), null);
  }

  /** Why no further pod may be deleted now; empty: one may. */
  private static String blocked(Scene scene, Instant now) {
    if (!scene.settled()) {
      return "waiting for the DaemonSet's controller";
    }
    for (AgentPod pod : scene.pods()) {
      if (pod.leaving() != null && now.isBefore(pod.leaving().plus(PATIENCE))) {
        return "waiting for " + pod.node() + " to end";
      }
    }
    return scene.pods().size() < scene.desired() ? "waiting for a pod to be made" : "";
  }

  private static Comparator<AgentPod> order(Scene scene) {
    return Comparator.comparing((AgentPod pod) -> pod.node().equals(scene.active()))
        .thenComparing(AgentPod::ready)
        .thenComparing(AgentPod::node);
  }

  private static String progress(Scene scene, String next) {
    long done = scene.pods().stream().filter(pod -> scene.current(pod) && pod.ready()).count();
    return done
        + " of "
        + scene.pods().size()
        + " agents run "
        + scene.image()
        + " and this configuration; "
        + next;
  }
}
