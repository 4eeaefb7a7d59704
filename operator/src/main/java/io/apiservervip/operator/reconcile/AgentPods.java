package io.apiservervip.operator.reconcile;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods of the cluster to what a roll-out judges by. */
final class AgentPods {
  private static final String FAILED = "Failed";

  private AgentPods() {}

  static AgentPod of(Pod pod) {
    PodCondition ready = condition(pod, "Ready");
    String leaving = pod.getMetadata().getDeletionTimestamp();
    boolean isReady = ready != null && "True".equals(ready.getStatus());
    return new AgentPod(
        pod.getMetadata().getName(),
        Objects.requireNonNullElse(pod.getMetadata().getUid(), ""),
        node(pod.getSpec()),
        ClusterFacts.orEmpty(pod.getMetadata().getLabels()).getOrDefault(Names.TEMPLATE, ""),
        leaving == null ? null : ClusterFacts.instant(leaving),
        isReady,
        since(pod, ready),
        begun(pod),
        isReady ? PodTrouble.NONE : trouble(pod));
  }

  /** The DaemonSet's controller asks for the node by its name; the scheduler writes it later. */
  private static String node(@Nullable PodSpec spec) {
    if (spec == null) {
      return "";
    }
    return spec.getNodeName() == null ? wanted(spec.getAffinity()) : spec.getNodeName();
  }

  private static String wanted(@Nullable Affinity affinity) {
    NodeSelector selector =
        affinity == null || affinity.getNodeAffinity() == null
            ? null
            : affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
    return selector == null
        ? ""
        : selector.getNodeSelectorTerms().stream()
            .flatMap(term -> ClusterFacts.orEmpty(term.getMatchFields()).stream())
            .filter(field -> "metadata.name".equals(field.getKey()))
            .flatMap(field -> ClusterFacts.orEmpty(field.getValues()).stream())
            .findFirst()
            .orElse("");
  }

  private static @Nullable PodCondition condition(Pod pod, String type) {
    List<PodCondition> conditions =
        pod.getStatus() == null ? null : pod.getStatus().getConditions();
    return ClusterFacts.orEmpty(conditions).stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst()
        .orElse(null);
  }

  private static Instant since(Pod pod, @Nullable PodCondition ready) {
    return ready == null || ready.getLastTransitionTime() == null
        ? ClusterFacts.created(pod)
        : ClusterFacts.instant(ready.getLastTransitionTime());
  }

  private static @Nullable Instant begun(Pod pod) {
    return containers(pod)
        .map(ContainerStatus::getState)
        .filter(state -> state != null && state.getRunning() != null)
        .map(state -> ClusterFacts.instant(state.getRunning().getStartedAt()))
        .findFirst()
        .orElse(null);
  }

  private static PodTrouble trouble(Pod pod) {
    PodStatus status = pod.getStatus();
    if (status != null && FAILED.equals(status.getPhase()) && status.getReason() != null) {
      return PodTrouble.of(FAILED + " " + status.getReason(), status.getMessage());
    }
    PodCondition scheduled = condition(pod, "PodScheduled");
    if (scheduled != null && "False".equals(scheduled.getStatus())) {
      String reason = Objects.requireNonNullElse(scheduled.getReason(), "Unschedulable");
      return PodTrouble.of(reason, scheduled.getMessage());
    }
    return containers(pod)
        .map(AgentPods::trouble)
        .filter(trouble -> !trouble.words().isEmpty())
        .findFirst()
        .orElse(PodTrouble.NONE);
  }

  /** How it ended last says more than that it waits to be started once more. */
  private static PodTrouble trouble(ContainerStatus container) {
    ContainerState state = container.getState();
    PodTrouble waiting =
        state == null || state.getWaiting() == null || state.getWaiting().getReason() == null
            ? PodTrouble.NONE
            : PodTrouble.of(state.getWaiting().getReason(), state.getWaiting().getMessage());
    ContainerStateTerminated now = ended(state);
    ContainerStateTerminated ended = now == null ? ended(container.getLastState()) : now;
    boolean other = waiting.lasting() && !waiting.words().startsWith("CrashLoopBackOff");
    return other || ended == null || Integer.valueOf(0).equals(ended.getExitCode())
        ? waiting
        : PodTrouble.of("Ended", how(ended, container.getRestartCount()));
  }

  private static String how(ContainerStateTerminated ended, @Nullable Integer restarts) {
    String how =
        "exit code %d (%s), restarted %d times"
            .formatted(
                Objects.requireNonNullElse(ended.getExitCode(), -1),
                Objects.requireNonNullElse(ended.getReason(), "Error"),
                Objects.requireNonNullElse(restarts, 0));
    return ended.getMessage() == null ? how : how + ": " + ended.getMessage();
  }

  private static @Nullable ContainerStateTerminated ended(@Nullable ContainerState state) {
    return state == null ? null : state.getTerminated();
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    List<ContainerStatus> statuses =
        pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
    return ClusterFacts.orEmpty(statuses).stream();
  }
}
