package io.apiservervip.e2e.cluster;

import io.fabric8.mockwebserver.http.MockResponse;

/** What a server says of itself outside the API groups: its health and version. */
final class ServerFacts {
  private ServerFacts() {}

  static MockResponse answer(String target) {
    String path = target.split("\\?", 2)[0];
    return switch (path) {
      case "/readyz", "/livez", "/healthz" -> new MockResponse().setResponseCode(200).setBody("ok");
      case "/version" ->
          new MockResponse()
              .setResponseCode(200)
              .setHeader("Content-Type", "application/json")
              .setBody("{\"major\":\"1\",\"minor\":\"30\",\"gitVersion\":\"v1.30.0\"}");
      default -> new MockResponse().setResponseCode(404).setBody("404 page not found");
    };
  }
}
