package io.apiservervip.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One expression on the labels of a node. */
public record SelectorExpression(
    String key, SelectorOperator operator, @Nullable List<String> values) {
  public SelectorExpression {
    values = values == null ? null : List.copyOf(values);
  }
}
