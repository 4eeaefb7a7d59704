package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentConfigCodec;
import io.apiservervip.operator.model.RankText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The document of the agents: a ConfigMap, or a Secret where it holds a password. */
final class DocumentResource {
  private DocumentResource() {}

  /**
   * The object to be.
   *
   * @param secret whether the document holds a password
   */
  static HasMetadata wanted(
      Owner owner,
      String namespace,
      AgentConfig document,
      Map<String, Integer> ranks,
      boolean secret) {
    ObjectMeta meta =
        new ObjectMetaBuilder(owner.meta(namespace, Names.agents(owner.name())))
            .addToAnnotations(RankText.ANNOTATION, RankText.write(ranks))
            .build();
    String text = AgentConfigCodec.write(document);
    return secret ? secret(meta, text) : configMap(meta, text);
  }

  /** The document's text; null: the object holds none. */
  static @Nullable String text(HasMetadata object) {
    return switch (object) {
      case ConfigMap map -> data(map.getData());
      case Secret secret -> decoded(data(secret.getData()));
      default -> null;
    };
  }

  /** Ranks that were remembered with the document. */
  static Map<String, Integer> ranks(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    String text = annotations == null ? null : annotations.get(RankText.ANNOTATION);
    return RankText.read(Objects.requireNonNullElse(text, ""));
  }

  private static ConfigMap configMap(ObjectMeta meta, String text) {
    return new ConfigMapBuilder().withMetadata(meta).addToData(Names.DOCUMENT_KEY, text).build();
  }

  private static Secret secret(ObjectMeta meta, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new SecretBuilder()
        .withMetadata(meta)
        .withType("Opaque")
        .addToData(Names.DOCUMENT_KEY, Base64.getEncoder().encodeToString(bytes))
        .build();
  }

  private static @Nullable String data(@Nullable Map<String, String> data) {
    return data == null ? null : data.get(Names.DOCUMENT_KEY);
  }

  private static @Nullable String decoded(@Nullable String base64) {
    return base64 == null ? null : Base64Text.decode(base64);
  }
}
