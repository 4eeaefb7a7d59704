package io.apiservervip.operator.model;

import io.apiservervip.api.v1alpha1.NodeSelectorSpec;
import io.apiservervip.api.v1alpha1.SelectorExpression;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Judges whether labels match a selector, exactly as Kubernetes' label selectors do. */
final class NodeSelection {
  private NodeSelection() {}

  /** The nodes that match, in their order. */
  static List<NodeFacts> select(List<NodeFacts> nodes, NodeSelectorSpec selector) {
    return nodes.stream().filter(node -> matches(selector, node.labels())).toList();
  }

  /** All labels and all expressions must hold; an empty selector matches everything. */
  static boolean matches(NodeSelectorSpec selector, Map<String, String> labels) {
    Map<String, String> wanted = Objects.requireNonNullElse(selector.matchLabels(), Map.of());
    return wanted.entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(labels.get(entry.getKey())))
        && Objects.requireNonNullElse(selector.matchExpressions(), List.<SelectorExpression>of())
            .stream()
            .allMatch(expression -> matches(expression, labels));
  }

  private static boolean matches(SelectorExpression expression, Map<String, String> labels) {
    String value = labels.get(expression.key());
    List<String> values = Objects.requireNonNullElse(expression.values(), List.of());
    return switch (expression.operator()) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
    };
  }
}
