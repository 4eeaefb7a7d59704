package io.apiservervip.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pods of the cluster to what a roll-out judges by. */
final class AgentPods {
  private AgentPods() {}

  static AgentPod of(Pod pod) {
    PodCondition ready = readiness(pod);
    String leaving = pod.getMetadata().getDeletionTimestamp();
    PodSpec spec = pod.getSpec();
    return new AgentPod(
        pod.getMetadata().getName(),
        Objects.requireNonNullElse(pod.getMetadata().getUid(), ""),
        spec == null ? "" : Objects.requireNonNullElse(spec.getNodeName(), ""),
        ClusterFacts.orEmpty(pod.getMetadata().getLabels()).getOrDefault(Names.TEMPLATE, ""),
        leaving == null ? null : ClusterFacts.instant(leaving),
        ready != null && "True".equals(ready.getStatus()),
        since(pod, ready),
        trouble(pod));
  }

  private static @Nullable PodCondition readiness(Pod pod) {
    List<PodCondition> conditions =
        pod.getStatus() == null ? null : pod.getStatus().getConditions();
    return ClusterFacts.orEmpty(conditions).stream()
        .filter(condition -> "Ready".equals(condition.getType()))
        .findFirst()
        .orElse(null);
  }

  private static Instant since(Pod pod, @Nullable PodCondition ready) {
    return ready == null || ready.getLastTransitionTime() == null
        ? ClusterFacts.created(pod)
        : ClusterFacts.instant(ready.getLastTransitionTime());
  }

  private static String trouble(Pod pod) {
    List<ContainerStatus> containers =
        pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
    for (ContainerStatus container : ClusterFacts.orEmpty(containers)) {
      ContainerStateWaiting waiting =
          container.getState() == null ? null : container.getState().getWaiting();
      if (waiting != null && waiting.getReason() != null) {
        return waiting.getMessage() == null
            ? waiting.getReason()
            : waiting.getReason() + ": " + waiting.getMessage();
      }
    }
    return "";
  }
}
