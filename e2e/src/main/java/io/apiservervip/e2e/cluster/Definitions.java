package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the server does with a new CustomResourceDefinition: it serves the kind and says so. */
final class Definitions {
  private Definitions() {}

  static void establish(ObjectNode definition, Instant now) {
    ObjectNode status = definition.putObject("status");
    status.set("acceptedNames", definition.at("/spec/names"));
    status.putArray("storedVersions").add(definition.at("/spec/versions/0/name").asText());
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Established")
        .put("status", "True")
        .put("reason", "InitialNamesAccepted")
        .put("message", "the initial names have been accepted")
        .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
