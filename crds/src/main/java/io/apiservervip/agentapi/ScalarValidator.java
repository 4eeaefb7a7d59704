package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Checks strings, integers and booleans: type, enum, range, length, pattern, and two forms of CEL
 * rule that need no other field: the range of a duration and the bytes of a string.
 */
final class ScalarValidator {
  private static final Pattern DURATION_RANGE =
      Pattern.compile(
          "duration\\(self\\) >= duration\\('([0-9a-z]+)'\\)"
              + " && duration\\(self\\) <= duration\\('([0-9a-z]+)'\\)");
  private static final Pattern BYTES = Pattern.compile("size\\(bytes\\(self\\)\\) <= ([0-9]+)");
  private static final String DURATION = "^([0-9]+(ms|s|m|h))+$";

  /** What a pattern means, for people; a pattern that is not here is shown as it is. */
  private static final Map<String, String> MEANING =
      Map.of(
          DURATION,
          "is not a duration such as 100ms or 1m30s",
          "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
          "is not a DNS label (lower-case letters, digits, and - inside)",
          "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
          "is not a DNS name (lower-case letters, digits, dots, and - inside)",
          "^[A-Za-z0-9_][A-Za-z0-9_.@-]*$",
          "is not an interface name such as eth0",
          "^/[!-~]*$",
          "is not a path such as /readyz");

  private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private final Problems problems;

  ScalarValidator(Problems problems) {
    this.problems = problems;
  }

  void check(JsonNode schema, JsonNode value, String path) {
    switch (schema.path("type").asText("string")) {
      case "integer" -> checkInteger(schema, value, path);
      case "boolean" ->
          problems.unless(
              value.isBoolean(), path, Shown.value(path, value), "is neither true nor false");
      case "string" -> checkString(schema, value, path);
      default -> throw new IllegalStateException("schema of " + path + " is no scalar");
    }
  }

  private void checkInteger(JsonNode schema, JsonNode value, String path) {
    if (!value.isIntegralNumber()) {
      problems.add(path, Shown.value(path, value), "is not an integer");
      return;
    }
    boolean wide = schema.path("format").asText().equals("int64");
    long least = schema.path("minimum").asLong(wide ? Long.MIN_VALUE : Integer.MIN_VALUE);
    long most = schema.path("maximum").asLong(wide ? Long.MAX_VALUE : Integer.MAX_VALUE);
    boolean inside =
        value.canConvertToLong() && value.longValue() >= least && value.longValue() <= most;
    problems.unless(inside, path, Shown.value(path, value), "is not in " + least + ".." + most);
    checkEnum(schema, value, path);
  }

  private void checkString(JsonNode schema, JsonNode value, String path) {
    if (!value.isTextual()) {
      boolean scalar = value.isValueNode();
      problems.add(
          path,
          Shown.value(path, value),
          scalar ? "is not a string; put it in quotes" : "is not a string");
      return;
    }
    String text = value.textValue();
    int length = text.codePointCount(0, text.length());
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (length < least) {
      problems.add(
          path,
          length == 0
              ? "is empty; remove the field or give it a value"
              : "is shorter than " + least + " characters");
    } else if (length > most) {
      problems.add(path, "is longer than " + most + " characters");
    } else if (checkPattern(schema, value, path)) {
      checkEnum(schema, value, path);
      checkRules(schema, text, path);
    }
  }

  private boolean checkPattern(JsonNode schema, JsonNode value, String path) {
    JsonNode pattern = schema.get("pattern");
    if (pattern == null || compiled(pattern.textValue()).matcher(value.textValue()).find()) {
      return true;
    }
    String meaning = MEANING.get(pattern.textValue());
    problems.add(
        path,
        Shown.value(path, value),
        meaning == null ? "does not match " + pattern.textValue() : meaning);
    return false;
  }

  private void checkEnum(JsonNode schema, JsonNode value, String path) {
    JsonNode allowed = schema.get("enum");
    if (allowed == null
        || StreamSupport.stream(allowed.spliterator(), false).anyMatch(value::equals)) {
      return;
    }
    String names =
        StreamSupport.stream(allowed.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    problems.add(path, Shown.value(path, value), "is not one of " + names);
  }

  private void checkRules(JsonNode schema, String text, String path) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      String cel = rule.path("rule").asText();
      String message = rule.path("message").asText();
      Matcher range = DURATION_RANGE.matcher(cel);
      Matcher bytes = BYTES.matcher(cel);
      if (range.matches()) {
        problems.unless(inRange(text, range.group(1), range.group(2)), path, text, message);
      } else if (bytes.matches()) {
        int most = Integer.parseInt(bytes.group(1));
        problems.unless(text.getBytes(StandardCharsets.UTF_8).length <= most, path, null, message);
      }
    }
  }

  private static boolean inRange(String text, String least, String most) {
    Duration value = DurationText.require(text);
    return value.compareTo(DurationText.require(least)) >= 0
        && value.compareTo(DurationText.require(most)) <= 0;
  }

  /** Compiled so that {@code $} means the end of the text alone, as it does in Go. */
  private static Pattern compiled(String pattern) {
    return COMPILED.computeIfAbsent(
        pattern,
        p -> Pattern.compile(p.endsWith("$") ? p.substring(0, p.length() - 1) + "\\z" : p));
  }
}
