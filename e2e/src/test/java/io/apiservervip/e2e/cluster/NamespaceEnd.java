package io.apiservervip.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The namespace controller of a cluster that runs none: of a namespace that is being deleted, it
 * removes the content, then the namespace. A thread of its own; waits for the API server alone.
 */
final class NamespaceEnd implements AutoCloseable {
  private static final int PAUSE_MILLIS = 100;
  private static final List<String> CONTENT =
      List.of(
          "/api/v1/%s/pods",
          "/api/v1/%s/secrets",
          "/api/v1/%s/configmaps",
          "/api/v1/%s/serviceaccounts",
          "/apis/apps/v1/%s/deployments",
          "/apis/apps/v1/%s/daemonsets",
          "/apis/policy/v1/%s/poddisruptionbudgets",
          "/apis/rbac.authorization.k8s.io/v1/%s/roles",
          "/apis/rbac.authorization.k8s.io/v1/%s/rolebindings");

  private final ApiCalls api;
  private final String path;
  private final Thread thread;

  private NamespaceEnd(ApiCalls api, String name) {
    this.api = api;
    this.path = "/api/v1/namespaces/" + name;
    this.thread = Thread.ofPlatform().daemon().name("namespace-end").unstarted(this::run);
  }

  static NamespaceEnd of(ApiCalls api, String name) {
    NamespaceEnd end = new NamespaceEnd(api, name);
    end.thread.start();
    return end;
  }

  private void run() {
    try {
      while (true) {
        JsonNode namespace = api.get(path).body();
        if (namespace.at("/metadata").has("deletionTimestamp")) {
          end();
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      System.out.println("namespaces are not ended any more: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() throws IOException, InterruptedException {
    empty();
    api.put(
        path + "/finalize",
        "{apiVersion: v1, kind: Namespace, metadata: {name: %s}, spec: {finalizers: []}}"
            .formatted(path.replaceFirst(".*/", "")));
  }

  /** Removes what is in it. */
  void empty() throws IOException, InterruptedException {
    for (String kind : CONTENT) {
      api.delete(kind.formatted(path.replaceFirst("/api/v1/", "")));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
