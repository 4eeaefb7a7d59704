package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.status.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which pod is replaced next. Pure. Those that do not work anyway go first, then Backups one at a
 * time, each after the one before it is ready; the Active is the last, and its agent hands over
 * when it is told to end. A new pod stops the roll-out that says what keeps it from running, that
 * is not ready after a minute, or that cannot be made.
 */
final class RollOut {
  /** How long a new pod may take. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** When to look again where no change of a pod would tell. */
  private static final Duration SOON = Duration.ofSeconds(5);

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
   * @param refusal why the DaemonSet's controller cannot make a pod; empty: nothing is known
   * @param active the node that holds the addresses; null: none
   */
  record Scene(
      String template,
      String image,
      boolean settled,
      int desired,
      List<AgentPod> pods,
      String refusal,
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
    List<AgentPod> young =
        scene.pods().stream()
            .filter(pod -> pod.leaving() == null && scene.current(pod) && !pod.ready())
            .sorted(Comparator.comparing(AgentPod::since).thenComparing(AgentPod::node))
            .toList();
    if (!young.isEmpty()) {
      return await(scene, young, !old.isEmpty(), now);
    }
    boolean missing = scene.settled() && scene.pods().size() < scene.desired();
    if (missing && !scene.refusal().isEmpty()) {
      return new Step(null, new Rollout.Stopped("", refused(scene)), now.plus(SOON));
    }
    String blocked = blocked(scene, now);
    if (old.isEmpty()) {
      return missing
          ? new Step(null, new Rollout.Moving(progress(scene, blocked)), now.plus(SOON))
          : new Step(null, new Rollout.Complete(), null);
    }
    AgentPod next = old.getFirst();
    return blocked.isEmpty()
        ? new Step(next, new Rollout.Moving(progress(scene, next.node() + " is next")), null)
        : new Step(null, new Rollout.Moving(progress(scene, blocked)), now.plus(SOON));
  }

  private static Step await(Scene scene, List<AgentPod> young, boolean others, Instant now) {
    AgentPod oldest = young.getFirst();
    AgentPod first =
        young.stream().filter(pod -> pod.trouble().lasting()).findFirst().orElse(oldest);
    Instant limit = oldest.since().plus(PATIENCE);
    if (now.isBefore(limit) && !first.trouble().lasting()) {
      String words = first.trouble().words();
      String waiting = "waiting for " + first.node() + (words.isEmpty() ? "" : " (" + words + ")");
      return new Step(null, new Rollout.Moving(progress(scene, waiting)), limit);
    }
    return new Step(
        null, new Rollout.Stopped(first.node(), stopped(scene, first, young, others)), null);
  }

  private static String stopped(Scene scene, AgentPod first, List<AgentPod> young, boolean others) {
    PodTrouble trouble = first.trouble();
    String also =
        young.stream()
            .filter(pod -> !pod.equals(first) && pod.trouble().remedy().equals(trouble.remedy()))
            .map(AgentPod::node)
            .sorted()
            .collect(Collectors.joining(", "));
    return "the agent "
        + (trouble.lasting()
            ? "does not start"
            : "is not ready after " + PATIENCE.toSeconds() + " s")
        + ", pod "
        + first.name()
        + ", image "
        + scene.image()
        + ": "
        + (trouble.words().isEmpty() ? "its log says why" : trouble.words())
        + (trouble.lasting() ? "; " + trouble.remedy() : "")
        + (also.isEmpty() ? "" : "; the same on " + also)
        + (others ? "; the other nodes keep theirs until it is ready or spec.agent changes" : "");
  }

  private static String refused(Scene scene) {
    int missing = scene.desired() - scene.pods().size();
    return missing
        + " of "
        + scene.desired()
        + " pods cannot be made: "
        + scene.refusal()
        + "; agents that run go on";
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
        + Math.max(scene.desired(), scene.pods().size())
        + " agents run "
        + scene.image()
        + " and this configuration; "
        + next;
  }
}
