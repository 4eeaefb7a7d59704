package io.apiservervip.e2e.cluster;

import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import java.nio.charset.StandardCharsets;

/** What a server says of itself outside the API groups: its health, version and schemas. */
final class ServerFacts {
  /** No schema at all, in the only form that kubectl reads: field 1, three characters. */
  private static final byte[] NO_SCHEMAS = "\n\0032.0".getBytes(StandardCharsets.US_ASCII);

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
      case "/openapi/v2" ->
          new MockResponse()
              .setResponseCode(200)
              .setHeader(
                  "Content-Type", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf")
              .setBody(new Buffer(NO_SCHEMAS));
      default -> new MockResponse().setResponseCode(404).setBody("404 page not found");
    };
  }
}
