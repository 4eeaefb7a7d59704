package io.apiservervip.operator.reconcile;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Text as the data of a Secret carries it. */
final class Base64Text {
  private Base64Text() {}

  /** The text; null where it is not base64. */
  static @Nullable String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
