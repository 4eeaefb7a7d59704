package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.apply.Shape.Atomic;
import io.apiservervip.e2e.cluster.apply.Shape.Granular;
import io.apiservervip.e2e.cluster.apply.Shape.KeyedBy;
import io.apiservervip.e2e.cluster.apply.Shape.ValueSet;
import java.util.ArrayList;
import java.util.List;

/** The lists and maps of a custom resource, from the openAPIV3Schema of its CRD. */
public record SchemaShapes(JsonNode schema) implements Shapes {
  private static final Shapes METADATA = new BuiltInShapes();

  @Override
  public Shape at(List<String> names, boolean list) {
    if (names.getFirst().equals("metadata")) {
      return METADATA.at(names, list);
    }
    JsonNode at = schema;
    for (String name : names) {
      at = (at.has("items") ? at.path("items") : at).path("properties").path(name);
    }
    return list ? list(at) : map(at);
  }

  private static Shape list(JsonNode schema) {
    return switch (schema.path("x-kubernetes-list-type").asText("atomic")) {
      case "map" -> new KeyedBy(keys(schema));
      case "set" -> new ValueSet();
      default -> new Atomic();
    };
  }

  private static Shape map(JsonNode schema) {
    return schema.path("x-kubernetes-map-type").asText("granular").equals("atomic")
        ? new Atomic()
        : new Granular();
  }

  private static List<String> keys(JsonNode schema) {
    List<String> keys = new ArrayList<>();
    schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
    return keys;
  }
}
