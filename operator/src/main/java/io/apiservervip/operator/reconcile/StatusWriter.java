package io.apiservervip.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.operator.status.EntryRemoval;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the operator's part of a status: a fresh object with these fields alone, so that no field
 * of an agent is ever claimed. Equal content is no write.
 */
final class StatusWriter {
  private static final String NODES = "nodes";
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  StatusWriter(KubernetesClient client) {
    this.client = client;
  }

  /** Writes what does not stand yet. */
  void apply(ApiServerVipResource vip, ApiServerVipStatus status) {
    ObjectNode wanted = RecordJson.tree(status);
    if (stands(vip.getStatus(), wanted)) {
      return;
    }
    ApiServerVipResource fresh = new ApiServerVipResource();
    fresh.getMetadata().setName(vip.getMetadata().getName());
    fresh.setStatus(wanted);
    client
        .resource(fresh)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(Names.FIELD_MANAGER)
                .withForce(true)
                .build());
  }

  /**
   * Removes an entry whose node belongs no longer. Where the list has changed since it was read the
   * test fails and nothing happens: the next reconciliation sees the change.
   */
  void remove(ApiServerVipResource vip, EntryRemoval removal) {
    String path = "/status/nodes/" + removal.index();
    ArrayNode patch = RecordJson.object().putArray("patch");
    patch.addObject().put("op", "test").put("path", path + "/name").put("value", removal.node());
    patch.addObject().put("op", "remove").put("path", path);
    ApiServerVipResource target = new ApiServerVipResource();
    target.getMetadata().setName(vip.getMetadata().getName());
    try {
      client
          .resource(target)
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.JSON)
                  .withFieldManager(Names.FIELD_MANAGER)
                  .build(),
              patch.toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() != UNPROCESSABLE && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  /** All fields but the nodes are the operator's alone; of the nodes it says little. */
  static boolean stands(@Nullable ObjectNode live, ObjectNode wanted) {
    if (live == null) {
      return wanted.isEmpty();
    }
    ObjectNode liveOwn = live.deepCopy().without(List.of(NODES));
    ObjectNode wantedOwn = wanted.deepCopy().without(List.of(NODES));
    return equal(liveOwn, wantedOwn) && nodesStand(live.path(NODES), wanted.path(NODES));
  }

  /** Equal where an empty list is as good as none, and 1 is 1 whatever its type. */
  private static boolean equal(JsonNode live, JsonNode wanted) {
    return Covering.covers(live, wanted) && Covering.covers(wanted, live);
  }

  private static boolean nodesStand(JsonNode live, JsonNode wanted) {
    Map<String, JsonNode> byName = new HashMap<>();
    live.forEach(entry -> byName.put(entry.path("name").asText(), entry));
    for (JsonNode entry : wanted) {
      JsonNode standing = byName.get(entry.path("name").asText());
      if (standing == null || !Covering.covers(standing, entry)) {
        return false;
      }
    }
    return true;
  }
}
