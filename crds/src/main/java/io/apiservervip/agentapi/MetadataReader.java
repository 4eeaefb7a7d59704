package io.apiservervip.agentapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

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

  /** Checks the metadata and leaves in the tree what the schema knows; generation is put back. */
  static void normalize(ObjectNode root, Problems problems) {
    if (!(root.get("metadata") instanceof ObjectNode metadata)) {
      return;
    }
    for (String field : List.copyOf(names(metadata))) {
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
      if (!field.equals("name") && !field.equals("generation")) {
        metadata.remove(field);
      }
    }
    JsonNode generation = metadata.get("generation");
    if (generation != null && !(generation.isIntegralNumber() && generation.canConvertToLong())) {
      problems.add("metadata.generation", Shown.value("", generation), "is not an integer");
      metadata.remove("generation");
    }
    if (!metadata.has("name")) {
      problems.add("metadata.name", "is required");
    }
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(java.util.Map.Entry::getKey).toList();
  }
}
