package io.apiservervip.agentapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.apiservervip.api.v1alpha1.Password;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trees to records and back. Strict: an unknown or missing component is an error, unless it is
 * {@code @Nullable}. Durations, addresses, prefixes and passwords are text.
 */
final class Binding {
  /** Shared; immutable once built. */
  static final ObjectMapper MAPPER = mapper();

  private Binding() {}

  private static ObjectMapper mapper() {
    SimpleModule module = new SimpleModule("apiserver-vip");
    text(module, Duration.class, DurationText::parse, DurationText::format);
    text(module, InetAddress.class, IpLiteral::parse, InetAddress::getHostAddress);
    text(module, IpPrefix.class, IpPrefix::parse, IpPrefix::toString);
    text(module, Password.class, Password::new, Password::text);
    return JsonMapper.builder()
        .addModule(module)
        .annotationIntrospector(new NullnessIntrospector())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .build();
  }

  private static <T> void text(
      SimpleModule module,
      Class<T> type,
      Function<String, @Nullable T> parse,
      Function<T, String> format) {
    module.addDeserializer(type, new FromText<>(type, parse));
    module.addSerializer(type, new ToText<>(type, format));
  }

  @SuppressWarnings("serial") // mappers are never serialized
  private static final class FromText<T> extends StdScalarDeserializer<T> {
    private final Function<String, @Nullable T> parse;

    FromText(Class<T> type, Function<String, @Nullable T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      String text = parser.getText();
      T value = parse.apply(text);
      if (value == null) {
        throw context.weirdStringException(text, handledType(), "not readable");
      }
      return value;
    }
  }

  @SuppressWarnings("serial") // mappers are never serialized
  private static final class ToText<T> extends StdScalarSerializer<T> {
    private final Function<T, String> format;

    ToText(Class<T> type, Function<T, String> format) {
      super(type);
      this.format = format;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(format.apply(value));
    }
  }
}
