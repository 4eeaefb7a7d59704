package io.apiservervip.agentapi;

import com.fasterxml.jackson.core.JsonGenerator;
import io.apiservervip.api.v1alpha1.Password;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Records to a document that {@link RecordReader} reads back; a null component is left out. */
final class RecordWriter {
  private RecordWriter() {}

  static void write(Object value, JsonGenerator out) throws IOException {
    switch (value) {
      case Password password -> out.writeString(password.text());
      case IpPrefix prefix -> out.writeString(prefix.toString());
      case Duration duration -> out.writeString(DurationText.format(duration));
      case InetAddress address -> out.writeString(address.getHostAddress());
      case Enum<?> constant -> out.writeString(RecordFields.text(constant));
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      case List<?> list -> {
        out.writeStartArray();
        for (Object item : list) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case Record fields -> writeFields(fields, out);
      default -> throw new IllegalStateException("cannot write a " + value.getClass().getName());
    }
  }

  private static void writeFields(Record fields, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, RecordComponent> field : RecordFields.of(fields.getClass()).entrySet()) {
      Object value;
      try {
        value = field.getValue().getAccessor().invoke(fields);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(field.getKey(), e);
      }
      if (value != null) {
        out.writeFieldName(field.getKey());
        write(value, out);
      }
    }
    out.writeEndObject();
  }
}
