package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** The two patches that need no owners to be understood: JSON merge patch and JSON patch. */
final class ObjectPatch {
  private ObjectPatch() {}

  static ObjectNode apply(String contentType, ObjectNode live, JsonNode patch) throws ApiRefusal {
    return switch (contentType) {
      // they differ for lists that are merged, which nobody here patches
      case "application/merge-patch+json", "application/strategic-merge-patch+json" ->
          merge(live.deepCopy(), patch);
      case "application/json-patch+json" -> operations(live, patch);
      default ->
          throw new ApiRefusal(
              415, "UnsupportedMediaType", contentType + " is not known to this server");
    };
  }

  /** RFC 7386. */
  private static ObjectNode merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            e -> {
              JsonNode value = e.getValue();
              if (value.isNull()) {
                target.remove(e.getKey());
              } else if (value.isObject()) {
                JsonNode before = target.path(e.getKey());
                ObjectNode into =
                    before instanceof ObjectNode object ? object : target.putObject(e.getKey());
                merge(into, value);
              } else {
                target.set(e.getKey(), value);
              }
            });
    return target;
  }

  /** RFC 6902; a failed test refuses the whole patch. */
  private static ObjectNode operations(ObjectNode live, JsonNode patch) throws ApiRefusal {
    try {
      return (ObjectNode) JsonPatch.apply(patch, live);
    } catch (JsonPatchException e) {
      throw new ApiRefusal(
          422,
          "Invalid",
          "the server rejected our request due to an error in our request: " + e.getMessage());
    }
  }
}
