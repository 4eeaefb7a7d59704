package io.apiservervip.agent.kube;

import org.jspecify.annotations.Nullable;

/**
 * One request to an API server.
 *
 * @param path from the first slash on, with the query
 * @param body null where there is none
 */
public record ApiRequest(String method, String path, String contentType, @Nullable String body) {
  /** Reads. */
  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, "application/json", null);
  }

  /**
   * Server-side apply.
   *
   * @param document the applied configuration in JSON, which is YAML too
   */
  public static ApiRequest apply(String path, String document) {
    return new ApiRequest("PATCH", path, "application/apply-patch+yaml", document);
  }
}
