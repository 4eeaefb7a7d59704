package io.apiservervip.operator.model;

import io.apiservervip.api.v1alpha1.NodeSelectorSpec;
import java.util.List;

/** Where agents run. It changes with the spec alone, so that a new node rolls nothing out. */
public sealed interface Placement {

  /** On the nodes that match. */
  record Selected(NodeSelectorSpec selector) implements Placement {}

  /** On these nodes, by name: one node selector term each, on the field metadata.name. */
  record Named(List<String> nodes) implements Placement {
    public Named {
      nodes = List.copyOf(nodes);
    }
  }
}
