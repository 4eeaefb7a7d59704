package io.apiservervip.e2e.cluster;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is about; parts that its path does not have are empty.
 *
 * @param group API group, empty for the core
 */
record ApiPath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource,
    Map<String, String> query) {
  ApiPath {
    query = Map.copyOf(query);
  }

  /** Of a request target such as /apis/apps/v1/namespaces/a/daemonsets/b/status?force=true. */
  static ApiPath parse(String target) {
    URI uri = URI.create(target);
    List<String> parts = new ArrayList<>(List.of(uri.getPath().substring(1).split("/", -1)));
    boolean core = parts.removeFirst().equals("api");
    String group = core ? "" : next(parts);
    String version = next(parts);
    String namespace = "";
    if (parts.size() > 2 && parts.getFirst().equals("namespaces")) {
      parts.removeFirst();
      namespace = next(parts);
    }
    return new ApiPath(
        group, version, namespace, next(parts), next(parts), next(parts), pairs(uri.getRawQuery()));
  }

  private static String next(List<String> parts) {
    return parts.isEmpty() ? "" : parts.removeFirst();
  }

  private static Map<String, String> pairs(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] sides = pair.split("=", 2);
      query.put(
          sides[0], sides.length == 1 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  ApiPath named(String objectName) {
    return new ApiPath(group, version, namespace, plural, objectName, subresource, query);
  }

  /** Path of the object itself, without subresource and query. */
  String object() {
    return (group.isEmpty() ? "/api" : "/apis/" + group)
        + "/"
        + version
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + plural
        + (name.isEmpty() ? "" : "/" + name);
  }

  /** Whether the path leads to a custom resource, as far as this project has any. */
  boolean custom() {
    return group.contains(".") && !group.endsWith(".k8s.io");
  }

  String query(String key) {
    return query.getOrDefault(key, "");
  }
}
