package io.apiservervip.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * Why the informers of a reign have not listed. They try on and keep the reason to themselves, so
 * the API server is asked here as well, every 5 s at most. Any thread.
 */
final class MissingLists {
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "apiservervips", ApiServerVipResource.class,
          "nodes", Node.class,
          "kubernetes", EndpointSlice.class,
          "slices", EndpointSlice.class,
          "endpoints", Endpoints.class,
          "services", Service.class,
          "configmaps", ConfigMap.class,
          "secrets", Secret.class,
          "daemonsets", DaemonSet.class,
          "pods", Pod.class);
  private static final Set<String> OF_OPERATOR =
      Set.of("configmaps", "secrets", "daemonsets", "pods");

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;
  private Instant asked = Instant.EPOCH;
  private String said = "";

  /**
   * Of one reign.
   *
   * @param namespace the operator's
   */
  MissingLists(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  /** The API server's words on the first of these that it refuses; empty: it refuses none. */
  synchronized String refusal(Iterable<String> unlisted) {
    Instant now = clock.instant();
    if (now.isBefore(asked.plus(AGAIN))) {
      return said;
    }
    asked = now;
    said = "";
    for (String name : unlisted) {
      Class<? extends HasMetadata> kind = KINDS.get(name);
      if (kind != null && said.isEmpty()) {
        said = ask(kind, name);
      }
    }
    return said;
  }

  private <T extends HasMetadata> String ask(Class<T> kind, String name) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    try {
      if (OF_OPERATOR.contains(name)) {
        client.resources(kind).inNamespace(namespace).list(one);
      } else if (name.equals("kubernetes")) {
        client.resources(kind).inNamespace("default").list(one);
      } else {
        client.resources(kind).inAnyNamespace().list(one);
      }
      return "";
    } catch (KubernetesClientException e) {
      return Refusals.isForbidden(e) ? "the operator cannot go on: " + Refusals.words(e) : "";
    }
  }
}
