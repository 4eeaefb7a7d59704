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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what {@link RollOut} decides: deletes one pod at a time. */
final class PodRollOut {
  private static final Logger LOG = LoggerFactory.getLogger(PodRollOut.class);

  private final KubernetesClient client;
  private final PodRefusals refusals;

  PodRollOut(KubernetesClient client) {
    this.client = client;
    this.refusals = new PodRefusals(client);
  }

  /**
   * How far it is, and when to look again.
   *
   * @param begun since when the agents of ready pods run, by node and by the node's clock
   */
  record Progress(Rollout rollout, @Nullable Instant again, Map<String, Instant> begun) {
    /** How soon something is tried again that the API server refused. */
    static final Duration RETRY = Duration.ofSeconds(10);

    Progress {
      begun = Map.copyOf(begun);
    }

    /** Nobody rolls anything out. */
    static Progress notOurs() {
      return new Progress(new Rollout.NotOurs(), null, Map.of());
    }

    /** The API server refuses something, which may change without a word. */
    static Progress refused(String node, String message, Instant now) {
      return new Progress(new Rollout.Stopped(node, message), now.plus(RETRY), Map.of());
    }
  }

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
    List<AgentPod> agents = pods.stream().map(AgentPods::of).toList();
    RollOut.Step step = RollOut.next(scene(wanted, live, agents, active, now), now);
    AgentPod old = step.delete();
    if (old != null) {
      String refusal = delete(wanted.getMetadata().getNamespace(), old);
      if (!refusal.isEmpty()) {
        return Progress.refused(old.node(), refusal, now);
      }
    }
    return new Progress(step.rollout(), step.again(), begun(agents));
  }

  private static Map<String, Instant> begun(List<AgentPod> pods) {
    Map<String, Instant> begun = new HashMap<>();
    for (AgentPod pod : pods) {
      Instant since = pod.begun();
      if (pod.ready() && pod.leaving() == null && since != null) {
        begun.put(pod.node(), since);
      }
    }
    return begun;
  }

  private RollOut.Scene scene(
      DaemonSet wanted,
      @Nullable HasMetadata live,
      List<AgentPod> pods,
      @Nullable String active,
      Instant now) {
    String template = wanted.getSpec().getTemplate().getMetadata().getLabels().get(Names.TEMPLATE);
    DaemonSet set = live instanceof DaemonSet standing ? standing : null;
    DaemonSetStatus status = set == null ? null : set.getStatus();
    int desired = status == null ? 0 : orZero(status.getDesiredNumberScheduled());
    return new RollOut.Scene(
        Objects.requireNonNullElse(template, ""),
        wanted.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage(),
        settled(set, status, template),
        desired,
        pods,
        set != null && pods.size() < desired ? refusals.of(set, now) : "",
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

  /** Deletes it; says what the API server has against that, otherwise nothing. */
  private String delete(String namespace, AgentPod pod) {
    String path = "/api/v1/namespaces/" + namespace + "/pods/" + pod.name();
    try {
      client.raw(
          path,
          "DELETE",
          new DeleteOptionsBuilder()
              .withApiVersion("v1")
              .withPreconditions(new PreconditionsBuilder().withUid(pod.uid()).build())
              .build());
      LOG.atInfo()
          .addKeyValue("pod", pod.name())
          .addKeyValue("node", pod.node())
          .log("pod is replaced by one of the new template");
      return "";
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        // gone, or another one by now: what was wanted
        case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> "";
        case HttpURLConnection.HTTP_FORBIDDEN ->
            "pod " + pod.name() + " cannot be replaced: " + Refusals.words(e);
        default -> throw e;
      };
    }
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
