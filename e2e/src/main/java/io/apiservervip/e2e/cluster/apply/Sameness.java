package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a write changes anything: equal content, with the same owners, is no write. */
public final class Sameness {
  private Sameness() {}

  /** Whether both are equal but for the times in managedFields. */
  public static boolean equal(ObjectNode one, ObjectNode other) {
    return owners(one).equals(owners(other)) && content(one).equals(content(other));
  }

  /** Whether what counts for metadata.generation is equal: all but metadata and status. */
  public static boolean sameWish(ObjectNode one, ObjectNode other) {
    return wish(one).equals(wish(other));
  }

  private static ObjectNode wish(ObjectNode object) {
    return object.deepCopy().without(List.of("metadata", "status"));
  }

  private static ObjectNode content(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.withObjectProperty("metadata").remove("managedFields");
    return copy;
  }

  private static Set<JsonNode> owners(ObjectNode object) {
    Set<JsonNode> owners = new HashSet<>();
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      owners.add(((ObjectNode) entry.deepCopy()).without("time"));
    }
    return owners;
  }
}
