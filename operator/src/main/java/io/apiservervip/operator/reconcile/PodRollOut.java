package io.apiservervip.operator.reconcile;

import io.apiservervip.operator.status.Rollout;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what {@link RollOut} decides: deletes one pod at a time. */
final class PodRollOut {
  private static final Logger LOG = LoggerFactory.getLogger(PodRollOut.class);

  private final KubernetesClient client;

  PodRollOut(KubernetesClient client) {
    this.client = client;
  }

  /** How far it is, and when to look again. */
  record Progress(Rollout rollout, @Nullable Instant again) {}

  /**
   * One step.
   *
   * @param wanted the DaemonSet as it should be
   * @param live as the cache has it; null: not there yet
   */
  Progress step(
      DaemonSet wanted,
      @Nullable HasMetadata live,
      List<Pod> pods,
      @Nullable String active,
      Instant now) {
    RollOut.Step step = RollOut.next(scene(wanted, live, pods, active), now);
    AgentPod old = step.delete();
    if (old != null) {
      delete(wanted.getMetadata().getNamespace(), old);
    }
    return new Progress(step.rollout(), step.again());
  }

  private static RollOut.Scene scene(
      DaemonSet wanted, @Nullable HasMetadata live, List<Pod> pods, @Nullable String active) {
    String template = wanted.getSpec().getTemplate().getMetadata().getLabels().get(Names.TEMPLATE);
    DaemonSet set = live instanceof DaemonSet standing ? standing : null;
    DaemonSetStatus status = set == null ? null : set.getStatus();
    int desired = status == null ? 0 : orZero(status.getDesiredNumberScheduled());
    return new RollOut.Scene(
        Objects.requireNonNullElse(template, ""),
        wanted.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage(),
        settled(set, status, template),
        desired,
        pods.stream().map(AgentPods::of).toList(),
        active);
  }

  /** Whether the controller has seen this template; it makes new pods from what it has seen. */
  private static boolean settled(
      @Nullable DaemonSet set, @Nullable DaemonSetStatus status, @Nullable String template) {
    return set != null
        && status != null
        && Objects.equals(set.getMetadata().getGeneration(), status.getObservedGeneration())
        && ClusterFacts.orEmpty(set.getSpec().getTemplate().getMetadata().getLabels())
            .getOrDefault(Names.TEMPLATE, "")
            .equals(template);
  }

  private void delete(String namespace, AgentPod pod) {
    LOG.atInfo()
        .addKeyValue("pod", pod.name())
        .addKeyValue("node", pod.node())
        .log("pod is replaced by one of the new template");
    String path = "/api/v1/namespaces/" + namespace + "/pods/" + pod.name();
    try {
      client.raw(
          path,
          "DELETE",
          new DeleteOptionsBuilder()
              .withApiVersion("v1")
              .withPreconditions(new PreconditionsBuilder().withUid(pod.uid()).build())
              .build());
    } catch (KubernetesClientException e) {
      // gone, or another one by now: what was wanted
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
