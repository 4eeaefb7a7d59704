package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects as kubectl get shows them: the name, then the definition's additionalPrinterColumns. */
record PrinterTable(JsonNode columns) {
  /** One step of a column's path: a field, and which item of it. */
  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<field>\\w+)(?:\\[(?:(?<index>\\d+)|\\?\\(@\\.(?<key>\\w+)==\"(?<value>[^\"]*)\"\\))\\])?");

  static PrinterTable of(JsonNode definition) {
    return new PrinterTable(definition.at("/spec/versions/0/additionalPrinterColumns"));
  }

  ObjectNode table(Iterable<JsonNode> objects) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1").putObject("metadata");
    ArrayNode definitions = table.putArray("columnDefinitions");
    definitions.addObject().put("name", "Name").put("type", "string").put("priority", 0);
    columns.forEach(
        column ->
            definitions
                .addObject()
                .put("name", column.path("name").asText())
                .put("type", column.path("type").asText())
                .put("priority", column.path("priority").asInt(0)));
    ArrayNode rows = table.putArray("rows");
    objects.forEach(object -> row(rows.addObject(), object));
    return table;
  }

  private void row(ObjectNode row, JsonNode object) {
    ArrayNode cells = row.putArray("cells");
    cells.add(object.at("/metadata/name"));
    columns.forEach(column -> cells.add(cell(object, column.path("jsonPath").asText())));
    row.putObject("object").set("metadata", object.path("metadata"));
  }

  private static JsonNode cell(JsonNode object, String path) {
    JsonNode at = object;
    for (Matcher step = STEP.matcher(path); step.find(); ) {
      at = item(at.path(step.group("field")), step);
    }
    return at.isMissingNode() ? JsonNodeFactory.instance.nullNode() : at;
  }

  private static JsonNode item(JsonNode field, Matcher step) {
    if (step.group("index") != null) {
      return field.path(Integer.parseInt(step.group("index")));
    }
    if (step.group("key") == null) {
      return field;
    }
    for (JsonNode item : field) {
      if (item.path(step.group("key")).asText().equals(step.group("value"))) {
        return item;
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }
}
