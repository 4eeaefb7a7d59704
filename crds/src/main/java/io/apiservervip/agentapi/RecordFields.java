package io.apiservervip.agentapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names of record components and enum constants in documents. */
final class RecordFields {
  private RecordFields() {}

  /** The components of a record by their names in a document, in order. */
  static Map<String, RecordComponent> of(Class<?> type) {
    Map<String, RecordComponent> fields = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      fields.put(name(type, component.getName()), component);
    }
    return fields;
  }

  /** The text of an enum constant. */
  static String text(Enum<?> constant) {
    return name(constant.getDeclaringClass(), constant.name());
  }

  private static String name(Class<?> type, String declared) {
    try {
      Field field = type.getDeclaredField(declared);
      JsonProperty property = field.getAnnotation(JsonProperty.class);
      return property == null ? declared : property.value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
