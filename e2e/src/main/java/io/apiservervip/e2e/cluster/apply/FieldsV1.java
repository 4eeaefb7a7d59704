package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/** A set of fields as metadata.managedFields holds it: nested steps, "." for an item itself. */
public final class FieldsV1 {
  private static final String SELF = ".";

  private FieldsV1() {}

  public static Set<FieldPath> read(JsonNode fields) {
    Set<FieldPath> paths = new TreeSet<>();
    read(fields, FieldPath.ROOT, paths);
    return paths;
  }

  private static void read(JsonNode fields, FieldPath at, Set<FieldPath> paths) {
    if (fields.isEmpty() || fields.has(SELF)) {
      paths.add(at);
    }
    fields.properties().stream()
        .filter(e -> !e.getKey().equals(SELF))
        .forEach(e -> read(e.getValue(), at.step(e.getKey()), paths));
  }

  static ObjectNode write(Set<FieldPath> paths) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (FieldPath path : paths) {
      ObjectNode at = root;
      for (String step : path.steps()) {
        at = at.withObjectProperty(step);
      }
      if (path.isItem()) {
        at.putObject(SELF);
      }
    }
    return root;
  }
}
