package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import java.util.List;
import java.util.Set;

/**
 * The strict reader of the resource: one YAML or JSON document to {@link ApiServerVip}, or every
 * problem with it. Validates against the schema of the CRD, fills in its defaults, then checks the
 * rules across fields. Throws nothing for any text.
 */
public final class VipReader {
  private VipReader() {}

  public static Reading<Manifest> read(String text) {
    return switch (DocumentParser.parse(text)) {
      case Reading.Refused<ObjectNode>(List<Problem> problems) -> new Reading.Refused<>(problems);
      case Reading.Accepted<ObjectNode>(ObjectNode root, List<String> notes) -> read(root);
    };
  }

  private static Reading<Manifest> read(ObjectNode root) {
    Problems problems = new Problems();
    checkText(root, "apiVersion", ApiServerVip.API_VERSION, problems);
    checkText(root, "kind", ApiServerVip.KIND, problems);
    if (!problems.none()) {
      return new Reading.Refused<>(problems.list());
    }
    JsonNode generation = MetadataReader.reduce(root, problems);
    JsonNode schema = VipSchema.root();
    new SchemaValidator(problems).check(schema, root, "");
    if (!problems.none()) {
      return new Reading.Refused<>(problems.list());
    }
    Set<String> written = Manifest.written((ObjectNode) root.get("spec"));
    SchemaDefaults.apply(schema, root);
    if (generation != null) {
      ((ObjectNode) root.get("metadata")).set("generation", generation);
    }
    return bind(root, written);
  }

  private static Reading<Manifest> bind(ObjectNode root, Set<String> written) {
    return switch (RecordReader.read(root, ApiServerVip.class)) {
      case Reading.Refused<ApiServerVip>(List<Problem> problems) -> new Reading.Refused<>(problems);
      case Reading.Accepted<ApiServerVip>(ApiServerVip vip, List<String> notes) ->
          checked(vip, written);
    };
  }

  private static Reading<Manifest> checked(ApiServerVip vip, Set<String> written) {
    Problems problems = new Problems();
    CrossFieldRules.check(vip.spec(), problems);
    return problems.none()
        ? Reading.accepted(new Manifest(vip, written))
        : new Reading.Refused<>(problems.list());
  }

  private static void checkText(ObjectNode root, String field, String expected, Problems problems) {
    JsonNode value = root.get(field);
    if (value == null) {
      problems.add(field, "is required; write " + field + ": " + expected);
    } else if (!value.isTextual() || !value.textValue().equals(expected)) {
      problems.add(field, Shown.value(field, value), "is not " + expected);
    }
  }
}
