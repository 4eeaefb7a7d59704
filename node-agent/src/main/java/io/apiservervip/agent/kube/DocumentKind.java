package io.apiservervip.agent.kube;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What holds a document: a Secret where there is a password in it. */
enum DocumentKind {
  CONFIG_MAP("ConfigMap", "configmaps"),
  SECRET("Secret", "secrets");

  /** The key of the document in either. */
  static final String KEY = "config.yaml";

  private final String kind;
  private final String plural;

  DocumentKind(String kind, String plural) {
    this.kind = kind;
    this.plural = plural;
  }

  /** Such as {@code ConfigMap}. */
  String kind() {
    return kind;
  }

  /** Such as {@code configmaps}. */
  String plural() {
    return plural;
  }

  /** The document in a value of {@code data}. */
  String text(String data) {
    return switch (this) {
      case CONFIG_MAP -> data;
      case SECRET -> {
        try {
          yield new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          yield ""; // refused as an empty document
        }
      }
    };
  }
}
