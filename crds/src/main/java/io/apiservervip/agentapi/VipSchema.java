package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The CRD that this build carries; its schema is what the reader validates against. */
public final class VipSchema {
  private static final String CRD = "/io/apiservervip/crd/apiservervips.yaml";
  private static final String SCHEMA = "/io/apiservervip/crd/" + SchemaTwin.FILE;

  private VipSchema() {}

  /** The whole CustomResourceDefinition, as kubectl takes it. */
  public static String crdYaml() {
    return text(CRD);
  }

  /** The openAPIV3Schema of v1alpha1 as the CRD has it. */
  static JsonNode documented() {
    return accepted(CRD, DocumentParser.parse(crdYaml()))
        .at("/spec/versions/0/schema/openAPIV3Schema");
  }

  /**
   * The same without descriptions, from the JSON that the build made of it: a tenth of the time.
   * Read anew at each call, as a manifest is read once in the life of most agents.
   */
  static JsonNode root() {
    return accepted(SCHEMA, DocumentParser.parseJson(text(SCHEMA)));
  }

  private static ObjectNode accepted(String resource, Reading<ObjectNode> reading) {
    return switch (reading) {
      case Reading.Accepted<ObjectNode> accepted -> accepted.value();
      case Reading.Refused<ObjectNode> refused ->
          throw new IllegalStateException(resource + ": " + refused.problems());
    };
  }

  private static String text(String resource) {
    try (InputStream in = VipSchema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
