package io.apiservervip.e2e.cluster.apply;

import java.util.Set;
import java.util.TreeSet;

/** One entry of metadata.managedFields. */
public record Owner(Writer writer, Set<FieldPath> fields) {
  public Owner {
    fields = Set.copyOf(fields);
  }

  Owner without(Set<FieldPath> gone) {
    Set<FieldPath> left = new TreeSet<>(fields);
    left.removeAll(gone);
    return new Owner(writer, left);
  }
}
