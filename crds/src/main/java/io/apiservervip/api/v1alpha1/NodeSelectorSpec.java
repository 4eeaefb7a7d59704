package io.apiservervip.api.v1alpha1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which nodes: all labels and all expressions must hold; empty: every node. */
public record NodeSelectorSpec(
    @Nullable Map<String, String> matchLabels,
    @Nullable List<SelectorExpression> matchExpressions) {
  public NodeSelectorSpec {
    matchLabels = matchLabels == null ? null : Map.copyOf(matchLabels);
    matchExpressions = matchExpressions == null ? null : List.copyOf(matchExpressions);
  }
}
