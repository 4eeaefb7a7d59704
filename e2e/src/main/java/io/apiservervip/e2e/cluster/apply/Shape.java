package io.apiservervip.e2e.cluster.apply;

import java.util.List;

/** How server-side apply merges the object or list at a path. */
public sealed interface Shape {
  /** Replaced whole. */
  record Atomic() implements Shape {}

  /** A list of values, merged by value. */
  record ValueSet() implements Shape {}

  /** A list of items, merged by the values of these fields. */
  record KeyedBy(List<String> keys) implements Shape {
    public KeyedBy {
      keys = List.copyOf(keys);
    }
  }

  /** An object merged field by field. */
  record Granular() implements Shape {}
}
