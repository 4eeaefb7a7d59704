package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.model.Note;
import io.apiservervip.operator.model.VipPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The end of a resource: while it is Ready it needs an annotation, for behind it stands the way to
 * the cluster. The agents go first and hand over or drain; then what they ran from; nothing is
 * left.
 */
final class Deletion {
  private final Applier applier;
  private final ClusterCache cache;
  private final Consumer<String> forget;

  /**
   * Of one reign.
   *
   * @param forget what else is to be forgotten of a resource that is gone
   */
  Deletion(Applier applier, ClusterCache cache, Consumer<String> forget) {
    this.applier = applier;
    this.cache = cache;
    this.forget = forget;
  }

  /** Whether a resource that is to go may go now. */
  static boolean allowed(ApiServerVipResource vip) {
    String confirmed =
        ClusterFacts.orEmpty(vip.getMetadata().getAnnotations())
            .getOrDefault(Names.CONFIRM_DELETE, "");
    return confirmed.equals("true") || confirmed.equals(vip.getMetadata().getName()) || !ready(vip);
  }

  /** The plan with a word on a deletion that waits. */
  static VipPlan noted(ApiServerVipResource vip, VipPlan plan) {
    if (vip.getMetadata().getDeletionTimestamp() == null
        || !(plan instanceof VipPlan.Accepted accepted)) {
      return plan;
    }
    List<Note> notes = new ArrayList<>(accepted.notes());
    notes.addFirst(
        new Note(
            "metadata.deletionTimestamp",
            "the deletion waits, because clients may be using this way to the API servers; to"
                + " carry it out: kubectl annotate apiservervip "
                + vip.getMetadata().getName()
                + " "
                + Names.CONFIRM_DELETE
                + "=true"));
    return new VipPlan.Accepted(
        accepted.generation(),
        accepted.document(),
        accepted.ranks(),
        accepted.agents(),
        accepted.service(),
        notes,
        accepted.withheld());
  }

  /** One step; true when nothing is left. */
  boolean carryOut(ApiServerVipResource vip, Instant now) {
    Owner owner = Owner.of(vip);
    List<HasMetadata> made = cache.made(owner);
    made.stream()
        .filter(object -> object instanceof DaemonSet || ServiceApplier.ofService(object))
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
        .forEach(applier::delete);
    boolean agentsEnd =
        cache.pods(owner).stream()
            .map(AgentPods::of)
            .anyMatch(
                pod -> pod.leaving() == null || now.isBefore(pod.leaving().plus(RollOut.PATIENCE)));
    if (agentsEnd) {
      return false;
    }
    made.forEach(applier::delete);
    forget.accept(owner.name());
    return true;
  }

  private static boolean ready(ApiServerVipResource vip) {
    if (vip.getStatus() == null) {
      return false;
    }
    for (var condition : vip.getStatus().path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }
}
