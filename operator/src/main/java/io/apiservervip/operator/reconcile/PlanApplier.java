package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.operator.model.AgentsPlan;
import io.apiservervip.operator.model.VipPlan;
import io.apiservervip.operator.reconcile.Applier.Outcome;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the agents of a resource in line with its plan: the document first, so that an agent that
 * starts finds it, then the DaemonSet, then one step of the roll-out.
 */
final class PlanApplier {
  private static final String NOWHERE = "";

  private final Applier applier;
  private final AgentDaemonSet daemonSets;
  private final PodRollOut rollOut;
  private final String namespace;

  /**
   * Of one reign.
   *
   * @param namespace where documents and agents live
   */
  PlanApplier(Applier applier, AgentDaemonSet daemonSets, PodRollOut rollOut, String namespace) {
    this.applier = applier;
    this.daemonSets = daemonSets;
    this.rollOut = rollOut;
    this.namespace = namespace;
  }

  /**
   * One pass.
   *
   * @param made what stands for this resource
   * @param active the node that holds the addresses; null: none
   */
  PodRollOut.Progress apply(
      Owner owner,
      VipPlan.Accepted plan,
      List<HasMetadata> made,
      List<Pod> pods,
      @Nullable String active,
      Instant now) {
    AgentConfig document = plan.document();
    AgentsPlan agents = plan.agents();
    if (agents == null) {
      made.stream().filter(DaemonSet.class::isInstance).forEach(applier::delete);
    }
    if (document == null) {
      made.stream().filter(PlanApplier::isDocument).forEach(applier::delete);
      return PodRollOut.Progress.notOurs();
    }
    Outcome written = document(owner, plan, document, made);
    if (written instanceof Outcome.Failed(String message)) {
      return PodRollOut.Progress.refused(NOWHERE, message, now);
    }
    return agents == null
        ? PodRollOut.Progress.notOurs()
        : agents(owner, agents, made, pods, active, now);
  }

  private Outcome document(
      Owner owner, VipPlan.Accepted plan, AgentConfig document, List<HasMetadata> made) {
    HasMetadata wanted =
        DocumentResource.wanted(owner, namespace, document, plan.ranks(), plan.secret());
    Outcome outcome = applier.apply(owner, standing(made, wanted), wanted);
    if (outcome instanceof Outcome.Stands) {
      made.stream()
          .filter(PlanApplier::isDocument)
          .filter(other -> !other.getKind().equals(wanted.getKind()))
          .forEach(applier::delete);
    }
    return outcome;
  }

  private PodRollOut.Progress agents(
      Owner owner,
      AgentsPlan agents,
      List<HasMetadata> made,
      List<Pod> pods,
      @Nullable String active,
      Instant now) {
    DaemonSet wanted = daemonSets.wanted(owner, namespace, agents);
    HasMetadata live = standing(made, wanted);
    return switch (applier.apply(owner, live, wanted)) {
      case Outcome.Stands _ -> rollOut.step(wanted, live, pods, active, now);
      case Outcome.Failed(String message) -> PodRollOut.Progress.refused(NOWHERE, message, now);
    };
  }

  private static boolean isDocument(HasMetadata object) {
    return object instanceof ConfigMap || object instanceof Secret;
  }

  /** What stands under the kind and name of the wanted one. */
  static @Nullable HasMetadata standing(List<HasMetadata> made, HasMetadata wanted) {
    for (HasMetadata object : made) {
      if (object.getKind().equals(wanted.getKind())
          && object.getMetadata().getName().equals(wanted.getMetadata().getName())
          && object.getMetadata().getNamespace().equals(wanted.getMetadata().getNamespace())) {
        return object;
      }
    }
    return null;
  }
}
