package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.e2e.cluster.apply.FieldPath;
import io.apiservervip.e2e.cluster.apply.ManagedFields;
import io.apiservervip.e2e.cluster.apply.Owner;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who owns what in an object, for assertions. */
final class Owned {
  private Owned() {}

  /** The fields of the manager, as conflicts name them; items of lists themselves left out. */
  static Set<String> by(JsonNode object, String manager) {
    return ManagedFields.read(object).stream()
        .filter(owner -> owner.writer().manager().equals(manager))
        .flatMap(owner -> owner.fields().stream())
        .map(FieldPath::toString)
        .filter(path -> !path.endsWith("]"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Everybody who owns something. */
  static Set<String> managers(JsonNode object) {
    return ManagedFields.read(object).stream()
        .map(Owner::writer)
        .map(writer -> writer.manager() + " " + writer.operation() + " " + writer.subresource())
        .map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
