package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of fabric8's mock server, and its watches. */
record MockStore(KubernetesCrudDispatcher objects) {
  Optional<ObjectNode> find(ApiPath path) {
    return Optional.ofNullable(entry(path)).map(entry -> Json.read(entry.getValue()));
  }

  private Map.@Nullable Entry<AttributeSet, String> entry(ApiPath path) {
    return objects.findResource(objects.getKey(path.object()));
  }

  /** The next resourceVersion. */
  long nextVersion() {
    return objects.requestResourceVersion();
  }

  void put(ApiPath path, ObjectNode object) {
    change(path, object.toString());
  }

  void remove(ApiPath path) {
    change(path, null);
  }

  /** The mock takes null for "was not there" and "goes away". */
  private void change(ApiPath path, @Nullable String state) {
    Map.Entry<AttributeSet, String> before = entry(path);
    objects.processEvent(
        path.object(),
        objects.getKey(path.object()),
        before == null ? null : before.getKey(),
        null,
        state);
  }

  /** What the server knows of the kind; nothing of a custom one without definition. */
  Optional<ApiKind> kind(ApiPath path) {
    return path.custom()
        ? definition(path).map(ApiKind::defined)
        : Optional.of(ApiKind.builtIn(path.plural()));
  }

  /** All definitions of custom resources. */
  JsonNode definitions() {
    String all = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    return Json.read(objects.handleGet(all).getBody().readUtf8()).path("items");
  }

  /** The definition of a custom resource, if there is one. */
  Optional<ObjectNode> definition(ApiPath path) {
    return path.custom()
        ? find(
            ApiPath.parse(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
                    + path.plural()
                    + "."
                    + path.group()))
        : Optional.empty();
  }
}
