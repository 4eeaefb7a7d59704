package io.apiservervip.agent.kube;

import org.jspecify.annotations.Nullable;

/**
 * Which of the two objects holds the document. While a password comes or goes there may be both for
 * a moment: the Secret counts, since the operator makes one only for a password. Pure.
 */
final class DocumentChoice {
  private DocumentChoice() {}

  /** What the two sightings come to. */
  sealed interface Outcome {}

  /** Not both are known yet, and the known one holds nothing. */
  record Undecided() implements Outcome {}

  /** Neither is there. */
  record None() implements Outcome {}

  /** It is this one, and lacks the key. */
  record WithoutKey(DocumentKind kind) implements Outcome {}

  /** It is this one. */
  record Document(DocumentKind kind, String text) implements Outcome {}

  /** The outcome; null stands for an object that was not seen yet. */
  static Outcome of(@Nullable Sighting configMap, @Nullable Sighting secret) {
    Outcome ofSecret = of(DocumentKind.SECRET, secret);
    if (ofSecret instanceof Document || ofSecret instanceof WithoutKey) {
      return ofSecret;
    }
    Outcome ofConfigMap = of(DocumentKind.CONFIG_MAP, configMap);
    return ofConfigMap instanceof None ? ofSecret : ofConfigMap;
  }

  private static Outcome of(DocumentKind kind, @Nullable Sighting sighting) {
    return switch (sighting) {
      case null -> new Undecided();
      case Sighting.Unknown _ -> new Undecided();
      case Sighting.Absent _ -> new None();
      case Sighting.Empty _ -> new WithoutKey(kind);
      case Sighting.Text(String text) -> new Document(kind, text);
    };
  }
}
