package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks a tree against a structural schema, strictly: a field that the schema does not know is a
 * problem. Knows the subset of OpenAPI v3 that a structural schema may have and this CRD uses.
 */
final class SchemaValidator {
  private final Problems problems;

  SchemaValidator(Problems problems) {
    this.problems = problems;
  }

  void check(JsonNode schema, JsonNode value, String path) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      checkIntOrString(schema, value, path);
      return;
    }
    String type = schema.path("type").asText();
    switch (type) {
      case "object" -> checkObject(schema, value, path);
      case "array" -> checkArray(schema, value, path);
      case "string", "integer", "boolean" ->
          new ScalarValidator(problems).check(schema, value, path);
      default -> throw new IllegalStateException("schema of " + path + " has type " + type);
    }
  }

  private void checkIntOrString(JsonNode schema, JsonNode value, String path) {
    if (value.isTextual()) {
      new ScalarValidator(problems).check(schema, value, path);
    } else if (!value.isIntegralNumber()) {
      problems.add(path, Shown.value(path, value), "is neither an integer nor a string");
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, String path) {
    if (!(value instanceof ObjectNode object)) {
      problems.add(path, Shown.value(path, value), "is not an object");
      return;
    }
    JsonNode values = schema.get("additionalProperties");
    if (values != null) {
      checkMap(schema, values, object, path);
    } else {
      checkFields(schema, object, path);
    }
  }

  private void checkMap(JsonNode schema, JsonNode values, ObjectNode object, String path) {
    int most = schema.path("maxProperties").asInt(Integer.MAX_VALUE);
    if (object.size() > most) {
      problems.add(path, object.size() + " entries", "are more than " + most);
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      check(values, entry.getValue(), path + "." + Shown.text(entry.getKey()));
    }
  }

  private void checkFields(JsonNode schema, ObjectNode object, String path) {
    JsonNode properties = schema.path("properties");
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode field = properties.get(entry.getKey());
      String child = Paths.child(path, Shown.text(entry.getKey()));
      if (field == null) {
        problems.add(child, unknown(entry.getKey(), properties));
      } else {
        check(field, entry.getValue(), child);
      }
    }
    for (JsonNode name : schema.path("required")) {
      if (!object.has(name.asText())) {
        problems.add(Paths.child(path, name.asText()), "is required");
      }
    }
  }

  static String unknown(String name, JsonNode properties) {
    Set<String> known =
        properties.properties().stream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return NearestName.of(name, known)
        .map(near -> "is not a known field; did you mean " + near + "?")
        .orElse("is not a known field; known are " + String.join(", ", known));
  }

  private void checkArray(JsonNode schema, JsonNode value, String path) {
    if (!(value instanceof ArrayNode array)) {
      problems.add(path, Shown.value(path, value), "is not a list; write [...]");
      return;
    }
    int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (array.size() > most) {
      problems.add(path, array.size() + " entries", "are more than " + most);
      return;
    }
    int least = schema.path("minItems").asInt(0);
    if (array.size() < least) {
      problems.add(path, "needs at least " + least + (least == 1 ? " entry" : " entries"));
    }
    for (int i = 0; i < array.size(); i++) {
      check(schema.path("items"), array.get(i), path + "[" + i + "]");
    }
    if (schema.path("x-kubernetes-list-type").asText().equals("map")) {
      checkKeys(schema.path("x-kubernetes-list-map-keys").path(0).asText(), array, path);
    }
  }

  private void checkKeys(String key, ArrayNode array, String path) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode value = array.get(i).path(key);
      if (value.isTextual() && !seen.add(value.textValue())) {
        problems.add(
            path + "[" + i + "]." + key,
            Shown.value(path, value),
            "stands twice; each " + key + " may stand once");
      }
    }
  }
}
