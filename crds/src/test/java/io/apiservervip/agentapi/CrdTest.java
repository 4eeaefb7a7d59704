package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The CRD as Kubernetes wants it, and as the documented manifest promises it. */
class CrdTest {
  static final JsonNode SCHEMA = VipSchema.documented();

  @Test
  void theSchemaThatAgentsReadIsThatOfTheCrdWithoutDescriptions() {
    JsonNode pruned = SCHEMA.deepCopy();
    SchemaTwin.prune(pruned);
    assertThat(VipSchema.root()).isEqualTo(pruned);
    assertThat(VipSchema.root().toString())
        .contains("\"virtualRouterId\"", "\"pattern\"", "\"default\"", "\"rule\"")
        .doesNotContain("\"description\":\"");
  }

  @Test
  void namesAndColumnsAreThoseOfTheContract() {
    JsonNode crd = tree(VipSchema.crdYaml());
    assertThat(crd.at("/spec/scope").asText()).isEqualTo("Cluster");
    assertThat(crd.at("/metadata/name").asText()).isEqualTo("apiservervips.apiservervip.io");
    assertThat(crd.at("/spec/names/shortNames/0").asText()).isEqualTo("asvip");
    assertThat(crd.at("/spec/versions/0/subresources/status").isObject()).isTrue();
    List<String> columns = new ArrayList<>();
    crd.at("/spec/versions/0/additionalPrinterColumns")
        .forEach(c -> columns.add(c.path("name").asText() + (c.has("priority") ? " wide" : "")));
    assertThat(columns)
        .containsExactly(
            "VIP", "Active", "Backends", "Agents", "Ready", "VRID wide", "Mode wide", "Age");
  }

  @Test
  void eachFieldIsDescribedAndBounded() {
    walk(
        SCHEMA,
        "",
        (path, schema) -> {
          if (!path.isEmpty() && !path.startsWith("metadata")) {
            assertThat(schema.path("description").asText()).as(path).isNotBlank();
          }
          switch (schema.path("type").asText()) {
            case "array" -> assertThat(schema.has("maxItems")).as(path + " maxItems").isTrue();
            case "string" ->
                assertThat(schema.has("enum") || schema.has("maxLength") || path.length() < 11)
                    .as(path + " maxLength")
                    .isTrue();
            case "integer" ->
                assertThat(schema.has("enum") || schema.has("minimum")).as(path).isTrue();
            default -> {}
          }
          if (schema.has("additionalProperties")) {
            assertThat(schema.has("maxProperties")).as(path + " maxProperties").isTrue();
          }
        });
  }

  @Test
  void durationIsUsedOnlyWhereAPatternHasRefusedEverythingElse() {
    walk(
        SCHEMA,
        "",
        (path, schema) ->
            schema
                .path("x-kubernetes-validations")
                .forEach(
                    rule -> {
                      if (rule.path("rule").asText().contains("duration(self)")) {
                        assertThat(schema.path("pattern").asText())
                            .as(path)
                            .isEqualTo("^([0-9]+(ms|s|m|h))+$");
                      }
                    }));
  }

  @Test
  void eachDefaultSatisfiesTheSchema() {
    walk(
        SCHEMA,
        "",
        (path, schema) -> {
          if (schema.has("default")) {
            JsonNode value = schema.get("default").deepCopy();
            SchemaDefaults.apply(schema, value);
            Problems problems = new Problems();
            new SchemaValidator(problems).check(schema, value, path);
            assertThat(problems.list()).isEmpty();
          }
        });
  }

  @Test
  void defaultsAreThoseThatTheFullManifestDocuments() {
    ObjectNode full = tree(Manifests.contract("vip-full.yaml"));
    ObjectNode spec = (ObjectNode) full.get("spec");
    // absent by default, or worked out from other fields
    spec.remove("interface");
    remove(spec, "vrrp", "virtualRouterId", "advertisementInterval", "addressLifetime");
    remove(spec, "service", "clusterIP");
    remove(spec, "nodeLocal", "hostsEntry");
    remove(spec, "agent", "image");
    ((ObjectNode) spec.at("/loadBalancer/listeners/0")).remove("bindPort");
    ObjectNode minimal = tree(Manifests.contract("vip-minimal.yaml"));
    SchemaDefaults.apply(SCHEMA, minimal);
    assertThat(minimal.get("spec")).isEqualTo(spec);
  }

  private static void remove(ObjectNode spec, String part, String... fields) {
    ((ObjectNode) spec.get(part)).remove(List.of(fields));
  }

  static ObjectNode tree(String text) {
    return switch (DocumentParser.parse(text)) {
      case Reading.Accepted<ObjectNode>(ObjectNode root, var notes) -> root;
      case Reading.Refused<ObjectNode>(var problems) -> throw new AssertionError(problems);
    };
  }

  static void walk(JsonNode schema, String path, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(path, schema);
    schema
        .path("properties")
        .properties()
        .forEach(e -> walk(e.getValue(), Paths.child(path, e.getKey()), visitor));
    if (schema.has("items")) {
      walk(schema.get("items"), path + "[]", visitor);
    }
    if (schema.has("additionalProperties")) {
      walk(schema.get("additionalProperties"), path + ".*", visitor);
    }
  }
}
