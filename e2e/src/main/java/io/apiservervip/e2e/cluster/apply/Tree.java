package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way back from fields to an object. */
final class Tree {
  private final Map<String, Tree> children = new LinkedHashMap<>();
  private @Nullable JsonNode value;

  static ObjectNode toObject(Map<FieldPath, JsonNode> fields) {
    Tree root = new Tree();
    fields.forEach(root::put);
    return root.object();
  }

  private void put(FieldPath path, JsonNode leaf) {
    Tree at = this;
    for (String step : path.steps()) {
      at = at.children.computeIfAbsent(step, s -> new Tree());
    }
    at.value = leaf;
  }

  private JsonNode json() {
    if (children.isEmpty()) {
      return value == null ? JsonNodeFactory.instance.objectNode() : value.deepCopy();
    }
    return children.keySet().iterator().next().startsWith("f:") ? object() : array();
  }

  private ObjectNode object() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    children.forEach((step, child) -> object.set(step.substring(2), child.json()));
    return object;
  }

  private ArrayNode array() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    children.values().forEach(child -> array.add(child.json()));
    return array;
  }
}
