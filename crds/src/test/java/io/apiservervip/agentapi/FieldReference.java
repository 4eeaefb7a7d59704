package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The fields of the definition as Markdown: a section an object, a row a field, then its rules. */
final class FieldReference {
  private static final String RULES = "x-kubernetes-validations";
  private static final List<String> ROOTS = List.of("metadata", "spec", "status");

  private final StringBuilder out = new StringBuilder();

  private FieldReference() {}

  /**
   * The whole text.
   *
   * @param version the entry of {@code spec.versions}
   */
  static String of(JsonNode version) {
    FieldReference reference = new FieldReference();
    reference.columns(version.path("additionalPrinterColumns"));
    JsonNode properties = version.at("/schema/openAPIV3Schema/properties");
    ROOTS.forEach(root -> reference.section(root, properties.path(root)));
    return reference.out.toString();
  }

  private void columns(JsonNode columns) {
    line("## Columns of kubectl get")
        .line("")
        .line("| column | from | shown |")
        .line("|---|---|---|");
    for (JsonNode column : columns) {
      String shown = column.path("priority").asInt() == 0 ? "always" : "with `-o wide`";
      line(
          "| %s | %s | %s |"
              .formatted(
                  column.path("name").asText().toUpperCase(Locale.ROOT),
                  code(column.path("jsonPath").asText()),
                  shown));
    }
    line("");
  }

  private void section(String path, JsonNode object) {
    line("## " + path).line("");
    String about = object.path("description").asText();
    if (!about.isEmpty()) {
      line(cell(about)).line("");
    }
    line("| field | type | default | limits | meaning |").line("|---|---|---|---|---|");
    List<String> rules = new ArrayList<>();
    rules(path, object, rules);
    for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
      row(object, field.getKey(), path + "." + field.getKey(), field.getValue(), rules);
    }
    line("");
    if (!rules.isEmpty()) {
      line("Rules, by the message of the refusal:").line("");
      rules.forEach(this::line);
      line("");
    }
    for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
      String name = path + "." + field.getKey();
      if (isObject(field.getValue())) {
        section(name, field.getValue());
      } else if (isObject(field.getValue().path("items"))) {
        section(name + "[]", field.getValue().path("items"));
      }
    }
  }

  private void row(JsonNode object, String name, String path, JsonNode field, List<String> rules) {
    JsonNode items = field.path("items");
    if (!isObject(field)) {
      rules(path, field, rules);
    }
    if (!isObject(items)) {
      rules(path + "[]", items, rules);
    }
    line(
        "| %s | %s | %s | %s | %s |"
            .formatted(
                code(name),
                type(path, field),
                defaultOf(field),
                limits(object, name, field),
                cell(field.path("description").asText())));
  }

  /** Empty too for an object whose fields have their own defaults. */
  private static String defaultOf(JsonNode field) {
    JsonNode value = field.path("default");
    boolean none = value.isMissingNode() || (value.isObject() && value.isEmpty());
    return none ? "" : code(plain(value));
  }

  private static String type(String path, JsonNode field) {
    JsonNode items = field.path("items");
    JsonNode values = field.path("additionalProperties");
    if (isObject(field)) {
      return link("object", path);
    }
    if (isObject(items)) {
      return link("list of objects", path);
    }
    if (!items.isMissingNode()) {
      return "list of " + scalar(items);
    }
    return values.isObject() ? "map to " + scalar(values) : scalar(field);
  }

  private static String scalar(JsonNode field) {
    if (field.has("enum")) {
      return plain(field.get("enum"), " or ");
    }
    if (isDuration(field)) {
      return "duration";
    }
    if (field.has("x-kubernetes-int-or-string")) {
      return "integer or string";
    }
    return field.path("format").asText().equals("date-time") ? "time" : field.path("type").asText();
  }

  private static String limits(JsonNode object, String name, JsonNode field) {
    List<String> limits = new ArrayList<>();
    for (JsonNode required : object.path("required")) {
      if (required.asText().equals(name)) {
        limits.add("required");
      }
    }
    range(field, "minItems", "maxItems", " entries", limits);
    if (field.has("x-kubernetes-list-map-keys")) {
      limits.add("one a " + code(field.at("/x-kubernetes-list-map-keys/0").asText()));
    }
    range(field, "minProperties", "maxProperties", " keys", limits);
    ofValue(field, limits);
    List<String> each = new ArrayList<>();
    if (!isObject(field.path("items"))) {
      ofValue(field.path("items"), each);
    }
    ofValue(field.path("additionalProperties"), each);
    if (!each.isEmpty()) {
      limits.add("each " + String.join(", ", each));
    }
    return String.join("; ", limits);
  }

  private static void ofValue(JsonNode value, List<String> limits) {
    range(value, "minimum", "maximum", "", limits);
    if (isDuration(value) || value.has("enum") || value.has("format")) {
      return;
    }
    range(value, "minLength", "maxLength", " characters", limits);
    if (value.has("pattern")) {
      limits.add(code(value.get("pattern").asText()));
    }
  }

  private static void range(
      JsonNode field, String least, String most, String unit, List<String> limits) {
    if (field.has(least) && field.has(most)) {
      limits.add(field.get(least).asText() + ".." + field.get(most).asText() + unit);
    } else if (field.has(most)) {
      limits.add("at most " + field.get(most).asText() + unit);
    } else if (field.has(least)) {
      limits.add("at least " + field.get(least).asText() + unit);
    }
  }

  private static void rules(String path, JsonNode schema, List<String> rules) {
    for (JsonNode rule : schema.path(RULES)) {
      String at = path + rule.path("fieldPath").asText();
      rules.add("- %s: %s".formatted(code(at), cell(rule.path("message").asText())));
    }
  }

  private static boolean isObject(JsonNode schema) {
    return schema.has("properties");
  }

  private static boolean isDuration(JsonNode field) {
    return field.path("pattern").asText().equals("^([0-9]+(ms|s|m|h))+$");
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static String plain(JsonNode list, String between) {
    return list.valueStream().map(value -> code(plain(value))).collect(Collectors.joining(between));
  }

  private static String link(String text, String path) {
    return "[%s](#%s)".formatted(text, path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
  }

  private static String code(String text) {
    return "`" + cell(text) + "`";
  }

  /** One line of a table: a bar would end the cell. */
  private static String cell(String text) {
    return text.replace('\n', ' ').replace("|", "\\|");
  }

  private FieldReference line(String text) {
    out.append(text).append('\n');
    return this;
  }
}
