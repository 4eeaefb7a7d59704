package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.api.v1alpha1.Password;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trees to records. Strict: an unknown or missing component is an error, unless it is
 * {@code @Nullable}. Small on purpose: a general binding library costs a quarter of a second at the
 * agent's start.
 */
final class RecordReader {
  private RecordReader() {}

  /** The record, or the first thing that is wrong with the tree. */
  static <T extends Record> Reading<T> read(JsonNode tree, Class<T> type) {
    try {
      return Reading.accepted(type.cast(record(type, tree, "")));
    } catch (Refusal e) {
      return Reading.refused(e.path, e.text);
    }
  }

  private static Object value(Type type, JsonNode node, String path) throws Refusal {
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      return parameterized.getRawType() == List.class
          ? list(arguments[0], node, path)
          : map(arguments[1], node, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord() && raw != Password.class && raw != IpPrefix.class) {
      return record(raw, node, path);
    }
    Object value = scalar(raw, node, path);
    if (value == null) {
      throw new Refusal(path, "has the wrong type");
    }
    return value;
  }

  private static @Nullable Object scalar(Class<?> type, JsonNode node, String path) throws Refusal {
    if (type == boolean.class || type == Boolean.class) {
      return node.isBoolean() ? node.booleanValue() : null;
    }
    if (type == int.class || type == Integer.class) {
      return node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : null;
    }
    if (type == long.class || type == Long.class) {
      return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
    }
    if (type == String.class) {
      return node.isTextual() || node.isIntegralNumber() ? node.asText() : null;
    }
    return node.isTextual() ? fromText(type, node.textValue(), path) : null;
  }

  private static Object fromText(Class<?> type, String text, String path) throws Refusal {
    Object value = null;
    try {
      if (type.isEnum()) {
        value =
            Stream.of(type.getEnumConstants())
                .filter(constant -> RecordFields.text((Enum<?>) constant).equals(text))
                .findFirst()
                .orElse(null);
      } else if (type == Duration.class) {
        value = DurationText.parse(text);
      } else if (type == InetAddress.class) {
        value = IpLiteral.parse(text);
      } else if (type == IpPrefix.class) {
        value = IpPrefix.parse(text);
      } else if (type == Password.class) {
        value = new Password(text);
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(path, Objects.requireNonNullElse(e.getMessage(), "is not valid"));
    }
    if (value == null) {
      throw new Refusal(path, Shown.text(text) + " is not one of the values of this field");
    }
    return value;
  }

  private static List<Object> list(Type item, JsonNode node, String path) throws Refusal {
    if (!(node instanceof ArrayNode array)) {
      throw new Refusal(path, "has the wrong type");
    }
    List<Object> list = new ArrayList<>();
    for (JsonNode element : array) {
      list.add(value(item, element, path + "[" + list.size() + "]"));
    }
    return list;
  }

  private static Map<String, Object> map(Type item, JsonNode node, String path) throws Refusal {
    if (!(node instanceof ObjectNode object)) {
      throw new Refusal(path, "has the wrong type");
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String child = Paths.child(path, Shown.text(entry.getKey()));
      map.put(entry.getKey(), value(item, entry.getValue(), child));
    }
    return map;
  }

  private static Object record(Class<?> type, JsonNode node, String path) throws Refusal {
    if (!(node instanceof ObjectNode object)) {
      throw new Refusal(path, "has the wrong type");
    }
    Map<String, RecordComponent> fields = RecordFields.of(type);
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!fields.containsKey(entry.getKey())) {
        throw new Refusal(Paths.child(path, Shown.text(entry.getKey())), "is not a known field");
      }
    }
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Map.Entry<String, RecordComponent> field : fields.entrySet()) {
      arguments.add(component(field.getKey(), field.getValue(), object, path));
    }
    Class<?>[] types =
        fields.values().stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    return construct(type, types, arguments, path);
  }

  private static @Nullable Object component(
      String name, RecordComponent component, ObjectNode object, String path) throws Refusal {
    JsonNode node = object.get(name);
    String child = Paths.child(path, name);
    if (node != null) {
      return value(component.getGenericType(), node, child);
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    throw new Refusal(child, "is required");
  }

  private static Object construct(
      Class<?> type, Class<?>[] types, List<@Nullable Object> arguments, String path)
      throws Refusal {
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      return canonical.newInstance(arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw new Refusal(path, Objects.requireNonNullElse(refusal.getMessage(), "is not valid"));
      }
      throw new IllegalStateException(type.getName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  /** Ends the reading; carries the problem and no stack. */
  @SuppressWarnings("serial") // never leaves this class
  private static final class Refusal extends Exception {
    private final String path;
    private final String text;

    Refusal(String path, String text) {
      super(text, null, false, false);
      this.path = path;
      this.text = text;
    }
  }
}
