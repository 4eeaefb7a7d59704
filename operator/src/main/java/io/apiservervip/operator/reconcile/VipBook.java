package io.apiservervip.operator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentConfigCodec;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VipReader;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resources and documents as they were read, each version once: a change of one Node has all
 * resources planned, and every plan looks at all. Holds one version of each. Any thread.
 */
final class VipBook {
  private final Map<String, Page<Reading<Manifest>>> manifests = new ConcurrentHashMap<>();
  private final Map<String, Page<Reading<AgentConfig>>> documents = new ConcurrentHashMap<>();

  private record Page<T>(String version, T content) {}

  /** The resource with its status. */
  Reading<Manifest> manifest(ApiServerVipResource vip) {
    return content(manifests, vip, VipBook::read);
  }

  /** The document that a ConfigMap or Secret holds; null: none that can be read. */
  @Nullable AgentConfig document(HasMetadata object) {
    Reading<AgentConfig> reading =
        content(
            documents,
            object,
            one ->
                AgentConfigCodec.read(Objects.requireNonNullElse(DocumentResource.text(one), "")));
    return switch (reading) {
      case Reading.Accepted<AgentConfig> accepted -> accepted.value();
      case Reading.Refused<AgentConfig> _ -> null;
    };
  }

  /** Forgets a resource that is gone. */
  void forget(String vip) {
    manifests.keySet().removeIf(key -> key.endsWith("/" + vip));
    documents.keySet().removeIf(key -> key.endsWith("/" + Names.agents(vip)));
  }

  private static <T extends HasMetadata, R> R content(
      Map<String, Page<R>> book, T object, Function<T, R> reader) {
    String key = object.getKind() + "/" + object.getMetadata().getName();
    String version =
        object.getMetadata().getUid() + "/" + object.getMetadata().getResourceVersion();
    Page<R> page = book.get(key);
    if (page == null || !page.version().equals(version)) {
      page = new Page<>(version, reader.apply(object));
      book.put(key, page);
    }
    return page.content();
  }

  /** A status that cannot be read, as one written by another version, hides no spec. */
  private static Reading<Manifest> read(ApiServerVipResource vip) {
    Reading<Manifest> whole = VipReader.read(text(vip, true));
    return whole instanceof Reading.Refused<Manifest> && vip.getStatus() != null
        ? VipReader.read(text(vip, false))
        : whole;
  }

  private static String text(ApiServerVipResource vip, boolean withStatus) {
    ObjectNode root = RecordJson.object();
    root.put("apiVersion", ApiServerVip.API_VERSION).put("kind", ApiServerVip.KIND);
    ObjectNode metadata = root.putObject("metadata").put("name", vip.getMetadata().getName());
    if (vip.getMetadata().getGeneration() != null) {
      metadata.put("generation", vip.getMetadata().getGeneration());
    }
    root.set("spec", vip.getSpec());
    if (withStatus && vip.getStatus() != null) {
      root.set("status", vip.getStatus());
    }
    return root.toString();
  }
}
