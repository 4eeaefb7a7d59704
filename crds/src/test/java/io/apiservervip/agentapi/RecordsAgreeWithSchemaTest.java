package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.Password;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The records of the API and the schema of the CRD say the same, in both directions. */
class RecordsAgreeWithSchemaTest {

  @Test
  void specRecordsHaveTheFieldsTypesAndEnumsOfTheSchema() {
    compare(ApiServerVipSpec.class, VipSchema.root().at("/properties/spec"), "spec");
  }

  @Test
  void statusRecordsHaveTheFieldsTypesAndEnumsOfTheSchema() {
    compare(ApiServerVipStatus.class, VipSchema.root().at("/properties/status"), "status");
  }

  private static void compare(Class<?> type, JsonNode schema, String path) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(name(type, component), component);
    }
    Set<String> fields = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(fields::add);
    assertThat(new TreeSet<>(components.keySet())).as(path).isEqualTo(fields);
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    components.forEach(
        (name, component) -> {
          JsonNode field = schema.path("properties").path(name);
          boolean optional = !field.has("default") && !required.contains(name);
          boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
          assertThat(nullable).as(path + "." + name + " is nullable").isEqualTo(optional);
          compareType(component.getGenericType(), field, path + "." + name);
        });
  }

  private static void compareType(Type type, JsonNode schema, String path) {
    assertThat(schema.path("x-kubernetes-int-or-string").asBoolean() || schema.has("type"))
        .as(path + " has a type")
        .isTrue();
    switch (schema.path("type").asText("int-or-string")) {
      case "array" -> compareType(argument(type, List.class, 0, path), schema.path("items"), path);
      case "object" -> {
        if (schema.has("additionalProperties")) {
          compareType(
              argument(type, Map.class, 1, path), schema.path("additionalProperties"), path);
        } else {
          compare((Class<?>) type, schema, path);
        }
      }
      case "integer" -> {
        boolean wide = schema.path("format").asText().equals("int64");
        assertThat(type)
            .as(path)
            .isIn(wide ? List.of(long.class, Long.class) : List.of(int.class, Integer.class));
      }
      case "boolean" -> assertThat(type).as(path).isIn(boolean.class, Boolean.class);
      case "string" -> compareString((Class<?>) type, schema, path);
      case "int-or-string" -> assertThat(type).as(path).isEqualTo(String.class);
      default -> throw new AssertionError(path + " has type " + schema.path("type"));
    }
  }

  private static void compareString(Class<?> type, JsonNode schema, String path) {
    if (schema.has("enum")) {
      List<String> values =
          Arrays.stream(type.getEnumConstants()).map(RecordsAgreeWithSchemaTest::text).toList();
      assertThat(values).as(path).hasSameSizeAs(schema.get("enum"));
      schema.get("enum").forEach(value -> assertThat(values).as(path).contains(value.asText()));
      return;
    }
    boolean duration = schema.path("pattern").asText().equals("^([0-9]+(ms|s|m|h))+$");
    assertThat(type)
        .as(path)
        .isEqualTo(
            duration ? Duration.class : path.endsWith(".password") ? Password.class : String.class);
  }

  private static Type argument(Type type, Class<?> raw, int index, String path) {
    assertThat(type).as(path).isInstanceOf(ParameterizedType.class);
    ParameterizedType parameterized = (ParameterizedType) type;
    assertThat(parameterized.getRawType()).as(path).isEqualTo(raw);
    return parameterized.getActualTypeArguments()[index];
  }

  private static String name(Class<?> type, RecordComponent component) {
    try {
      JsonProperty property =
          type.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
      return property == null ? component.getName() : property.value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Object constant) {
    try {
      return constant
          .getClass()
          .getField(((Enum<?>) constant).name())
          .getAnnotation(JsonProperty.class)
          .value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
