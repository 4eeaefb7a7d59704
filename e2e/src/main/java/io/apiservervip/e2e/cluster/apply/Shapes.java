package io.apiservervip.e2e.cluster.apply;

import java.util.List;

/** What the schema of a kind says of its lists and maps. */
@FunctionalInterface
public interface Shapes {
  /** Shape of the list or the object at the names, items of lists left out. */
  Shape at(List<String> names, boolean list);
}
