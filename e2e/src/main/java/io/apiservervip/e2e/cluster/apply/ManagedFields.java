package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes metadata.managedFields. */
public final class ManagedFields {
  private ManagedFields() {}

  public static List<Owner> read(JsonNode object) {
    List<Owner> owners = new ArrayList<>();
    object.at("/metadata/managedFields").forEach(entry -> owners.add(owner(entry)));
    return owners;
  }

  private static Owner owner(JsonNode entry) {
    Writer writer =
        new Writer(
            entry.path("manager").asText(),
            Writer.Operation.of(entry.path("operation").asText()),
            entry.path("apiVersion").asText(),
            entry.path("subresource").asText(""),
            Instant.parse(entry.path("time").asText("1970-01-01T00:00:00Z")));
    return new Owner(writer, FieldsV1.read(entry.path("fieldsV1")));
  }

  static ArrayNode write(List<Owner> owners) {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    owners.stream().filter(owner -> !owner.fields().isEmpty()).forEach(o -> add(entries, o));
    return entries;
  }

  private static void add(ArrayNode entries, Owner owner) {
    Writer writer = owner.writer();
    ObjectNode entry = entries.addObject();
    entry.put("apiVersion", writer.apiVersion());
    entry.put("fieldsType", "FieldsV1");
    entry.set("fieldsV1", FieldsV1.write(owner.fields()));
    entry.put("manager", writer.manager());
    entry.put("operation", writer.operation().toString());
    if (!writer.subresource().isEmpty()) {
      entry.put("subresource", writer.subresource());
    }
    entry.put("time", writer.time().toString());
  }
}
