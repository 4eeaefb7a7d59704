package io.apiservervip.operator.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Records of the API to trees; what is null is left out. */
final class RecordJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private RecordJson() {}

  static ObjectNode tree(Record value) {
    return MAPPER.valueToTree(value);
  }

  /** A constant as documents have it. */
  static String text(Enum<?> constant) {
    return MAPPER.convertValue(constant, String.class);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }
}
