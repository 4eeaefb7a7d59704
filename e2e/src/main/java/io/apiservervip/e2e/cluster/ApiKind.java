package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.apply.BuiltInShapes;
import io.apiservervip.e2e.cluster.apply.SchemaShapes;
import io.apiservervip.e2e.cluster.apply.Shapes;
import java.util.Set;

/**
 * What the server knows of a kind.
 *
 * @param status whether status is a subresource
 * @param generation whether metadata.generation counts the changes of the wish
 */
record ApiKind(Shapes shapes, boolean status, boolean generation) {
  private static final Set<String> WITH_STATUS =
      Set.of("nodes", "services", "pods", "daemonsets", "deployments");
  private static final Set<String> WITH_GENERATION =
      Set.of("daemonsets", "deployments", "customresourcedefinitions");

  static ApiKind builtIn(String plural) {
    return new ApiKind(
        new BuiltInShapes(), WITH_STATUS.contains(plural), WITH_GENERATION.contains(plural));
  }

  /** The kind that the definition's first version makes. */
  static ApiKind defined(JsonNode definition) {
    JsonNode version = definition.at("/spec/versions/0");
    return new ApiKind(
        new SchemaShapes(version.at("/schema/openAPIV3Schema")),
        version.at("/subresources").has("status"),
        true);
  }
}
