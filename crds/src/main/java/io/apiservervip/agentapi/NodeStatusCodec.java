package io.apiservervip.agentapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writer of an agent's entry in the status of its resource. */
public final class NodeStatusCodec {
  private static final JsonFactory JSON = new JsonFactory();

  private NodeStatusCodec() {}

  /**
   * The configuration that an agent applies to the status subresource, in JSON: its own entry and
   * nothing else.
   *
   * @param vip name of the resource
   */
  public static String applied(String vip, NodeStatus entry) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("apiVersion", ApiServerVip.API_VERSION);
      json.writeStringField("kind", ApiServerVip.KIND);
      json.writeObjectFieldStart("metadata");
      json.writeStringField("name", vip);
      json.writeEndObject();
      json.writeObjectFieldStart("status");
      json.writeArrayFieldStart("nodes");
      RecordWriter.write(entry, json);
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
