package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Fills in the defaults of a structural schema, from the root down, as the API server does. */
final class SchemaDefaults {
  private SchemaDefaults() {}

  static void apply(JsonNode schema, JsonNode value) {
    switch (value) {
      case ObjectNode object -> applyToFields(schema.path("properties"), object);
      case ArrayNode array -> array.forEach(item -> apply(schema.path("items"), item));
      case JsonNode scalar -> {}
    }
  }

  private static void applyToFields(JsonNode properties, ObjectNode object) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      JsonNode field = property.getValue();
      if (!object.has(property.getKey()) && field.has("default")) {
        object.set(property.getKey(), field.get("default").deepCopy());
      }
      JsonNode child = object.get(property.getKey());
      if (child != null) {
        apply(field, child);
      }
    }
  }
}
