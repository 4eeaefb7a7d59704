package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.runtime.CelRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The CEL rules of the CRD and the rules in Java refuse the same, in the same words. */
class RulesAgreeWithCelTest {
  private static final KubernetesCel CEL = new KubernetesCel();
  private static final Map<String, CelRuntime.Program> PROGRAMS = new HashMap<>();
  private static final Set<String> MESSAGES = messages();

  static List<Path> manifests() {
    return Stream.of("contract", "valid", "invalid")
        .flatMap(folder -> Manifests.of(folder).stream())
        .filter(file -> structureIsGood(Manifests.text(file)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void celAndJavaGiveTheSameProblems(Path file) {
    String text = Manifests.text(file);
    assertThat(celProblems(text)).isEqualTo(javaProblems(text));
  }

  @Test
  void eachRuleIsBrokenByAManifest() {
    Set<String> broken = new TreeSet<>();
    for (Path file : manifests()) {
      celProblems(Manifests.text(file))
          .forEach(line -> MESSAGES.stream().filter(line::endsWith).forEach(broken::add));
    }
    Set<String> unbroken = new TreeSet<>(MESSAGES);
    unbroken.removeAll(broken);
    // one generic form, broken by a manifest for 0s..1h and 10ms..1h
    unbroken.removeIf(message -> message.matches("is not in [0-9a-z]+\\.\\.[0-9a-z]+"));
    assertThat(unbroken).isEmpty();
  }

  /** An API server takes no CRD whose default breaks a rule, or lacks a field that one reads. */
  @Test
  void defaultsKeepTheRulesBeforeTheDefaultsInsideAreFilledIn() {
    List<String> broken = new ArrayList<>();
    CrdTest.walk(
        CrdTest.SCHEMA,
        "",
        (path, schema) -> {
          if (schema.has("default")) {
            evaluate(schema, schema.get("default"), path, broken);
          }
        });
    assertThat(broken).isEmpty();
  }

  @Test
  void rulesNameFieldsThatExist() {
    Pattern field = Pattern.compile("self\\.([A-Za-z]+)(?:\\.([A-Za-z]+))?(?:\\.([A-Za-z]+))?");
    Set<String> functions = Set.of("all", "exists", "exists_one", "isGlobalUnicast");
    CrdTest.walk(
        CrdTest.SCHEMA,
        "",
        (path, schema) -> {
          for (JsonNode rule : schema.path("x-kubernetes-validations")) {
            Matcher use = field.matcher(rule.path("rule").asText());
            while (schema.has("properties") && use.find()) {
              JsonNode at = schema;
              for (int i = 1; i <= 3 && use.group(i) != null; i++) {
                if (functions.contains(use.group(i))) {
                  break;
                }
                at = at.path("properties").path(use.group(i));
                assertThat(at.isMissingNode()).as(path + ": " + use.group()).isFalse();
              }
            }
          }
        });
  }

  private static Set<String> messages() {
    Set<String> messages = new TreeSet<>();
    CrdTest.walk(
        CrdTest.SCHEMA,
        "",
        (path, schema) ->
            schema
                .path("x-kubernetes-validations")
                .forEach(rule -> messages.add(rule.path("message").asText())));
    return messages;
  }

  private static boolean structureIsGood(String text) {
    return switch (VipReader.read(text)) {
      case Reading.Accepted<Manifest> accepted -> true;
      case Reading.Refused<Manifest>(List<Problem> problems) ->
          problems.stream().allMatch(p -> MESSAGES.contains(p.message()));
    };
  }

  private static Set<String> javaProblems(String text) {
    Set<String> lines = new TreeSet<>();
    if (VipReader.read(text) instanceof Reading.Refused<Manifest>(List<Problem> problems)) {
      problems.forEach(p -> lines.add(p.path() + ": " + p.message()));
    }
    return lines;
  }

  private static Set<String> celProblems(String text) {
    ObjectNode root = CrdTest.tree(text);
    SchemaDefaults.apply(CrdTest.SCHEMA, root);
    List<String> lines = new ArrayList<>();
    evaluate(CrdTest.SCHEMA, root, "", lines);
    return new TreeSet<>(lines);
  }

  private static void evaluate(JsonNode schema, JsonNode value, String path, List<String> lines) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      CelRuntime.Program program =
          PROGRAMS.computeIfAbsent(rule.path("rule").asText(), CEL::compile);
      if (!KubernetesCel.holds(program, value)) {
        lines.add(path + rule.path("fieldPath").asText() + ": " + rule.path("message").asText());
      }
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        evaluate(schema.path("items"), value.get(i), path + "[" + i + "]", lines);
      }
    }
    value
        .properties()
        .forEach(
            e -> {
              JsonNode field = schema.path("properties").path(e.getKey());
              evaluate(field, e.getValue(), Paths.child(path, e.getKey()), lines);
            });
  }
}
