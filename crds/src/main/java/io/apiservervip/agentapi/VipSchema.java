package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The CRD that this build carries; its schema is what the reader validates against. */
public final class VipSchema {
  private static final String RESOURCE = "/io/apiservervip/crd/apiservervips.yaml";

  private VipSchema() {}

  private static final class Loaded {
    static final JsonNode SCHEMA = load();

    private static JsonNode load() {
      return switch (DocumentParser.parse(crdYaml())) {
        case Reading.Accepted<ObjectNode>(ObjectNode crd, var notes) ->
            crd.at("/spec/versions/0/schema/openAPIV3Schema");
        case Reading.Refused<ObjectNode>(var problems) ->
            throw new IllegalStateException(RESOURCE + ": " + problems);
      };
    }
  }

  /** The whole CustomResourceDefinition, as kubectl takes it. */
  public static String crdYaml() {
    try (InputStream in = VipSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The openAPIV3Schema of v1alpha1; read once, never changed. */
  static JsonNode root() {
    return Loaded.SCHEMA;
  }
}
