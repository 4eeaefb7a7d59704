package io.apiservervip.agentapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Text to tree: one YAML or JSON document whose root is an object, within limits of size and depth.
 * Duplicate keys and aliases are refused; a field that is null counts as absent, as the API server
 * has it.
 */
final class DocumentParser {
  /** Characters of the largest document. */
  static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_DEPTH = 32;
  private static final StreamReadConstraints LIMITS = limits();

  private final JsonParser parser;

  private DocumentParser(JsonParser parser) {
    this.parser = parser;
  }

  static Reading<ObjectNode> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Reading.refused("", "the document is longer than 1 MiB");
    }
    return parse(text, factory());
  }

  /** JSON that needs none of the machinery for YAML; its faults are worded as YAML's. */
  static Reading<ObjectNode> parseJson(String text) {
    return parse(text, JsonFactory.builder().streamReadConstraints(LIMITS).build());
  }

  private static Reading<ObjectNode> parse(String text, JsonFactory format) {
    try (JsonParser parser = format.createParser(text)) {
      return new DocumentParser(parser).single();
    } catch (Refusal e) {
      return Reading.refused(e.path, e.message);
    } catch (JsonProcessingException e) {
      return Reading.refused("", "not YAML: " + where(e) + Shown.text(firstLine(e)));
    } catch (IOException | YAMLException | IllegalArgumentException e) {
      return Reading.refused("", "not YAML: " + Shown.text(firstLine(e)));
    }
  }

  /** A copy of the tree without null fields. */
  private Reading<ObjectNode> single() throws IOException, Refusal {
    ObjectNode root = null;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      JsonNode node = node(token, "", 0);
      if (node == null || (node.isTextual() && node.textValue().isBlank())) {
        continue;
      }
      if (root != null) {
        throw new Refusal("", "the file holds more than one document; keep one ApiServerVip");
      }
      if (!(node instanceof ObjectNode object)) {
        throw new Refusal(
            "", "the document is not an object with apiVersion, kind, metadata, spec");
      }
      root = object;
    }
    return root == null ? Reading.refused("", "the document is empty") : Reading.accepted(root);
  }

  private @Nullable JsonNode node(JsonToken token, String path, int depth)
      throws IOException, Refusal {
    if (depth > MAX_DEPTH) {
      throw new Refusal(Shown.text(path), "is nested deeper than " + MAX_DEPTH + " levels");
    }
    if (alias()) {
      throw new Refusal(path, "is a YAML alias, which is not supported; write the value out");
    }
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (token) {
      case START_OBJECT -> object(path, depth);
      case START_ARRAY -> array(path, depth);
      case VALUE_STRING -> nodes.textNode(parser.getText());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NUMBER_INT -> integer(nodes);
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
      case VALUE_NULL -> null;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new Refusal(path, "is not a value");
    };
  }

  private JsonNode integer(JsonNodeFactory nodes) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> nodes.numberNode(parser.getIntValue());
      case LONG -> nodes.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> nodes.numberNode(parser.getBigIntegerValue());
    };
  }

  private ObjectNode object(String path, int depth) throws IOException, Refusal {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Set<String> names = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String child = path.isEmpty() ? Shown.text(name) : path + "." + Shown.text(name);
      if (!names.add(name)) {
        throw new Refusal(child, "stands twice (line " + line() + "); remove one");
      }
      JsonNode value = node(parser.nextToken(), child, depth + 1);
      if (value != null) {
        object.set(name, value);
      }
    }
    return object;
  }

  private ArrayNode array(String path, int depth) throws IOException, Refusal {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      String child = path + "[" + array.size() + "]";
      JsonNode value = node(token, child, depth + 1);
      if (value == null) {
        throw new Refusal(child, "is empty; remove the entry or give it a value");
      }
      array.add(value);
    }
    return array;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  @SuppressWarnings("deprecation") // the only way to tell an alias from a string
  private boolean alias() throws IOException {
    return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
  }

  private static String firstLine(Exception e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }

  private static StreamReadConstraints limits() {
    return StreamReadConstraints.builder()
        .maxStringLength(MAX_LENGTH)
        .maxNumberLength(100)
        .maxNestingDepth(2 * MAX_DEPTH)
        .build();
  }

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_LENGTH);
    options.setNestingDepthLimit(2 * MAX_DEPTH);
    return YAMLFactory.builder()
        .loaderOptions(options)
        .streamReadConstraints(LIMITS)
        .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
        .build();
  }

  /** Ends the parsing of a document; carries the problem and no stack. */
  @SuppressWarnings("serial") // never leaves this class
  private static final class Refusal extends Exception {
    private final String path;
    private final String message;

    Refusal(String path, String message) {
      super(message, null, false, false);
      this.path = path;
      this.message = message;
    }
  }
}
