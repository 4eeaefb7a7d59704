package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The schema of the CRD as the agents read it: JSON without the descriptions, which only people
 * read. A step of the build writes it beside the CRD.
 */
public final class SchemaTwin {
  static final String FILE = "apiservervips.schema.json";

  private SchemaTwin() {}

  /** Writes it into the directory that is the only argument. */
  public static void main(String[] args) throws IOException {
    JsonNode schema = VipSchema.documented();
    prune(schema);
    Files.writeString(Path.of(args[0]).resolve(FILE), schema.toString());
  }

  /** Takes the descriptions off a schema and everything below it. */
  static void prune(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      object.remove("description");
    }
    schema.path("properties").forEach(SchemaTwin::prune);
    prune(schema, "items");
    prune(schema, "additionalProperties");
  }

  private static void prune(JsonNode schema, String part) {
    if (schema.has(part)) {
      prune(schema.get(part));
    }
  }
}
