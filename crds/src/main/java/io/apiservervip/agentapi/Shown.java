package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;

/** Values as a message shows them: short, on one line, a password never. */
final class Shown {
  private static final int MAX_LENGTH = 64;

  private Shown() {}

  static String value(String path, JsonNode node) {
    if (path.endsWith(".password")) {
      return "the value (hidden)";
    }
    if (node.isObject()) {
      return "an object";
    }
    if (node.isArray()) {
      return "a list";
    }
    return node.isTextual() ? '"' + text(node.textValue()) + '"' : text(node.asText());
  }

  static String text(String raw) {
    int[] shown =
        raw.codePoints()
            .limit(MAX_LENGTH)
            .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
            .toArray();
    String cut = new String(shown, 0, shown.length);
    return raw.codePointCount(0, raw.length()) > MAX_LENGTH ? cut + "..." : cut;
  }
}
