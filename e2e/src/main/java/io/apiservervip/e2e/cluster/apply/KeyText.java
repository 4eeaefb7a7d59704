package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The key of an item in a list-map as FieldsV1 writes it: JSON, names in order. */
final class KeyText {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a key field is where the item leaves it out. */
  private static final String DEFAULT_PROTOCOL = "TCP";

  private KeyText() {}

  static String of(JsonNode item, List<String> keys) {
    ObjectNode key = JSON.createObjectNode();
    keys.stream().sorted().forEach(name -> key.set(name, value(item, name)));
    return write(key);
  }

  private static JsonNode value(JsonNode item, String name) {
    @Nullable JsonNode value = item.get(name);
    if (value != null) {
      return value;
    }
    return name.equals("protocol")
        ? JSON.getNodeFactory().textNode(DEFAULT_PROTOCOL)
        : JSON.nullNode();
  }

  static String write(JsonNode value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** name="a",port=1 */
  static String readable(String key) {
    return read(key).properties().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }
}
