package io.apiservervip.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * Whether an object that stands says all that it should say. The API server adds defaults of its
 * own, so more is allowed in objects; lists are compared as they are.
 */
final class Covering {
  private static final String REQUESTS = "requests";
  private static final String LIMITS = "limits";

  private Covering() {}

  static boolean covers(JsonNode live, JsonNode wanted) {
    return covers(live, wanted, "");
  }

  private static boolean covers(JsonNode live, JsonNode wanted, String field) {
    if (wanted.isObject()) {
      for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
        String inner = quantities(field) ? field : entry.getKey();
        if (!empty(entry.getValue())
            && !covers(live.path(entry.getKey()), entry.getValue(), inner)) {
          return false;
        }
      }
      return live.isObject();
    }
    if (wanted.isArray()) {
      return live.size() == wanted.size() && elements(live, wanted);
    }
    if (wanted.isNumber() && live.isNumber()) {
      return wanted.decimalValue().compareTo(live.decimalValue()) == 0;
    }
    boolean amounts = quantities(field) && wanted.isTextual() && live.isTextual();
    return amounts ? amount(live).equals(amount(wanted)) : live.equals(wanted);
  }

  private static boolean elements(JsonNode live, JsonNode wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!covers(live.get(i), wanted.get(i), "")) {
        return false;
      }
    }
    return true;
  }

  /** The API server writes 0.1 as 100m. */
  private static boolean quantities(String field) {
    return field.equals(REQUESTS) || field.equals(LIMITS);
  }

  private static String amount(JsonNode text) {
    try {
      return Quantity.parse(text.textValue())
          .getNumericalAmount()
          .stripTrailingZeros()
          .toPlainString();
    } catch (IllegalArgumentException e) {
      return text.textValue();
    }
  }

  private static boolean empty(JsonNode node) {
    return node.isNull() || (node.isContainerNode() && node.isEmpty());
  }
}
