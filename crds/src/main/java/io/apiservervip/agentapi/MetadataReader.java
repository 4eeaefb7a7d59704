package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The object's metadata, which a CRD's schema leaves to Kubernetes. What {@code kubectl get -o
 * yaml} prints is accepted; of it only the name and the generation are kept.
 */
final class MetadataReader {
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "generation",
          "labels",
          "annotations",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "ownerReferences",
          "finalizers",
          "selfLink",
          "generateName");

  private MetadataReader() {}

  /** Checks the metadata, leaves in the tree the name alone, and returns the generation if any. */
  static @Nullable JsonNode reduce(ObjectNode root, Problems problems) {
    if (!(root.get("metadata") instanceof ObjectNode metadata)) {
      return null;
    }
    for (String field : names(metadata)) {
      String path = "metadata." + Shown.text(field);
      if (field.equals("namespace")) {
        problems.add(path, "an ApiServerVip belongs to no namespace; remove it");
      } else if (!KNOWN.contains(field)) {
        problems.add(
            path,
            NearestName.of(field, KNOWN)
                .map(near -> "is not a known field; did you mean " + near + "?")
                .orElse("is not a known field"));
      }
    }
    problems.unless(metadata.has("name"), "metadata.name", null, "is required");
    JsonNode generation = metadata.get("generation");
    metadata.retain("name");
    if (generation != null && !(generation.isIntegralNumber() && generation.canConvertToLong())) {
      problems.add("metadata.generation", Shown.value("", generation), "is not an integer");
      return null;
    }
    return generation;
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
