package io.apiservervip.e2e.cluster.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.e2e.cluster.apply.ApplyOutcome.Cause;
import io.apiservervip.e2e.cluster.apply.ApplyOutcome.Conflict;
import io.apiservervip.e2e.cluster.apply.ApplyOutcome.Merged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Server-side apply of one writer: the fields of its document get their values, those that it
 * applied before and left out now are removed unless somebody else owns them, and what another owns
 * with another value is a conflict, or taken over by force.
 */
public record ServerSideApply(Shapes shapes, Scope scope) {
  /** The live object with the document applied; the live object stays as it was. */
  public ApplyOutcome apply(ObjectNode live, ObjectNode document, Writer writer, boolean force) {
    Map<FieldPath, JsonNode> applied = inScope(document);
    Map<FieldPath, JsonNode> merged = Flat.of(live, shapes);
    List<Owner> owners = ManagedFields.read(live);
    List<Owner> others = owners.stream().filter(o -> !o.writer().sameAs(writer)).toList();

    Set<FieldPath> different =
        applied.entrySet().stream()
            .filter(e -> !e.getValue().equals(merged.get(e.getKey())))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    List<Cause> causes = causes(different, others);
    if (!causes.isEmpty() && !force) {
      return new Conflict(causes);
    }
    merged.putAll(applied);
    removeLeftOut(merged, before(owners, writer), applied.keySet(), others);
    List<Owner> after = new ArrayList<>(others.stream().map(o -> o.without(different)).toList());
    after.add(new Owner(writer, applied.keySet()));
    return new Merged(withOwners(Tree.toObject(merged), after));
  }

  private Map<FieldPath, JsonNode> inScope(ObjectNode document) {
    Map<FieldPath, JsonNode> fields = Flat.of(document, shapes);
    fields.keySet().removeIf(path -> !scope.covers(path));
    return fields;
  }

  private static Set<FieldPath> before(List<Owner> owners, Writer writer) {
    return owners.stream()
        .filter(o -> o.writer().sameAs(writer))
        .flatMap(o -> o.fields().stream())
        .collect(Collectors.toSet());
  }

  private static List<Cause> causes(Set<FieldPath> different, List<Owner> others) {
    List<Cause> causes = new ArrayList<>();
    for (Owner other : others) {
      new TreeSet<>(different)
          .stream()
              .filter(path -> !path.isItem() && other.fields().contains(path))
              .forEach(path -> causes.add(new Cause(other.writer().manager(), path)));
    }
    return causes;
  }

  /** An item goes with everything in it that nobody else owns. */
  private static void removeLeftOut(
      Map<FieldPath, JsonNode> merged,
      Set<FieldPath> before,
      Set<FieldPath> applied,
      List<Owner> others) {
    Set<FieldPath> kept = new HashSet<>(applied);
    others.forEach(other -> kept.addAll(other.fields()));
    for (FieldPath path : before) {
      if (kept.stream().noneMatch(k -> k.within(path))) {
        merged.keySet().removeIf(field -> field.within(path));
      }
    }
  }

  static ObjectNode withOwners(ObjectNode object, List<Owner> owners) {
    object.withObjectProperty("metadata").set("managedFields", ManagedFields.write(owners));
    return object;
  }
}
