package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.e2e.cluster.apply.Sameness;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The last step of every write: what the server keeps of its own, then the store. */
record ObjectWrites(MockStore store, InstantSource clock) {
  /** Stores a new object and gives it back as stored. */
  ObjectNode create(ApiPath path, ApiKind kind, ObjectNode object) {
    long version = store.nextVersion();
    ObjectNode metadata = object.withObjectProperty("metadata");
    metadata.put("uid", new UUID(0, version).toString());
    metadata.put("creationTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.put("resourceVersion", String.valueOf(version));
    if (kind.generation()) {
      metadata.put("generation", 1);
    }
    if (path.plural().equals("customresourcedefinitions")) {
      Definitions.establish(object, clock.instant());
    }
    return keep(path, object);
  }

  /** Stores the object if it differs from the live one; removes it if that was its last hold. */
  ObjectNode replace(ApiPath path, ApiKind kind, ObjectNode live, ObjectNode object) {
    if (Sameness.equal(live, object)) {
      return live;
    }
    ObjectNode metadata = object.withObjectProperty("metadata");
    metadata.put("resourceVersion", String.valueOf(store.nextVersion()));
    if (kind.generation() && !Sameness.sameWish(live, object)) {
      metadata.put("generation", live.at("/metadata/generation").asLong() + 1);
    }
    if (metadata.has("deletionTimestamp") && metadata.path("finalizers").isEmpty()) {
      store.remove(path);
      return object;
    }
    return keep(path, object);
  }

  private ObjectNode keep(ApiPath path, ObjectNode object) {
    if (!path.query("dryRun").equals("All")) {
      store.put(path, object);
    }
    return object;
  }

  /** Refuses a write that is based on another version than the live one. */
  static void checkVersion(ApiPath path, JsonNode live, JsonNode object) throws ApiRefusal {
    String basedOn = object.at("/metadata/resourceVersion").asText("");
    if (!basedOn.isEmpty() && !basedOn.equals(live.at("/metadata/resourceVersion").asText())) {
      throw ApiRefusal.modified(path);
    }
  }
}
