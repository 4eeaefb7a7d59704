package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A write other than apply (put, patch, create): what it changed belongs to the writer, and to
 * nobody else any more; what it did not touch keeps its owners.
 */
public record OwnedUpdate(Shapes shapes, Scope scope) {
  /** The object as asked for where the scope reaches, as it was elsewhere. */
  public ObjectNode update(ObjectNode live, ObjectNode asked, Writer writer) {
    Map<FieldPath, JsonNode> before = Flat.of(live, shapes);
    Map<FieldPath, JsonNode> after = Flat.of(asked, shapes);
    after.keySet().removeIf(path -> !scope.covers(path));
    before.forEach(
        (path, value) -> {
          if (!scope.covers(path)) {
            after.put(path, value);
          }
        });
    return ServerSideApply.withOwners(Tree.toObject(after), owners(live, before, after, writer));
  }

  private List<Owner> owners(
      ObjectNode live,
      Map<FieldPath, JsonNode> before,
      Map<FieldPath, JsonNode> after,
      Writer writer) {
    Set<FieldPath> written = new HashSet<>();
    after.forEach(
        (path, value) -> {
          if (scope.covers(path) && !value.equals(before.get(path))) {
            written.add(path);
          }
        });
    Set<FieldPath> gone = new HashSet<>(before.keySet());
    gone.removeAll(after.keySet());
    gone.addAll(written);

    List<Owner> owners = new ArrayList<>();
    Set<FieldPath> mine = new HashSet<>(written);
    for (Owner owner : ManagedFields.read(live)) {
      Owner left = owner.without(gone);
      if (owner.writer().sameAs(writer)) {
        mine.addAll(left.fields());
      } else {
        owners.add(left);
      }
    }
    owners.add(new Owner(writer, mine));
    return owners;
  }
}
