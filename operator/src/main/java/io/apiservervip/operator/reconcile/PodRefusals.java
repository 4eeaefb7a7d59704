package io.apiservervip.operator.reconcile;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * Why pods of a DaemonSet cannot be made, which its controller tells in Events alone: admission,
 * such as PodSecurity, or a quota refuses them.
 */
final class PodRefusals {
  /** Its controller waits up to 1000 s between two attempts. */
  private static final Duration MEMORY = Duration.ofMinutes(20);

  private static final String REASON = "FailedCreate";

  private final KubernetesClient client;

  PodRefusals(KubernetesClient client) {
    this.client = client;
  }

  /** The last one with what to do about it; empty: none is known, or Events cannot be read. */
  String of(DaemonSet set, Instant now) {
    try {
      return client
          .v1()
          .events()
          .inNamespace(set.getMetadata().getNamespace())
          .withField("involvedObject.uid", set.getMetadata().getUid())
          .withField("reason", REASON)
          .list()
          .getItems()
          .stream()
          .filter(event -> told(event).isAfter(now.minus(MEMORY)))
          .max(Comparator.comparing(PodRefusals::told))
          .map(event -> text(event, set))
          .orElse("");
    } catch (KubernetesClientException e) {
      if (Refusals.isForbidden(e)) {
        return "";
      }
      throw e;
    }
  }

  private static Instant told(Event event) {
    return ClusterFacts.instant(
        Objects.requireNonNullElse(
            event.getLastTimestamp(), event.getMetadata().getCreationTimestamp()));
  }

  private static String text(Event event, DaemonSet set) {
    String words = Objects.requireNonNullElse(event.getMessage(), "").strip();
    String namespace = set.getMetadata().getNamespace();
    return words
        + (words.contains("PodSecurity")
            ? "; agents use the host's network: kubectl label namespace "
                + namespace
                + " pod-security.kubernetes.io/enforce=privileged"
            : "; kubectl describe daemonset " + set.getMetadata().getName() + " tells more")
        + " (its controller tries again after up to 17 minutes, at once after kubectl annotate"
        + " daemonset -n "
        + namespace
        + " "
        + set.getMetadata().getName()
        + " again=now --overwrite)";
  }
}
