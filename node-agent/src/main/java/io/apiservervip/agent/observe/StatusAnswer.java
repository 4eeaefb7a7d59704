package io.apiservervip.agent.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One answer of the status port.
 *
 * @param length bytes of the body; 0: unknown, the body is sent in chunks
 */
record StatusAnswer(
    int status, String contentType, Map<String, String> headers, long length, Body body) {

  /** Writes the body. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static StatusAnswer text(int status, String line) {
    return whole(status, "text/plain; charset=utf-8", Map.of(), line + "\n");
  }

  static StatusAnswer metrics(String scrape) {
    return whole(200, "text/plain; version=0.0.4; charset=utf-8", Map.of(), scrape);
  }

  static StatusAnswer json(String document) {
    return whole(200, "application/json", Map.of(), document);
  }

  /** A page that may load nothing, run nothing and be framed by nobody. */
  static StatusAnswer page(String html) {
    Map<String, String> headers =
        Map.of(
            "Content-Security-Policy",
            PageStyle.CONTENT_SECURITY_POLICY,
            "Referrer-Policy",
            "no-referrer",
            "X-Frame-Options",
            "DENY");
    return whole(200, "text/html; charset=utf-8", headers, html);
  }

  /** Asks for a password (RFC 7617, section 2). */
  static StatusAnswer unauthorized() {
    Map<String, String> headers =
        Map.of("WWW-Authenticate", "Basic realm=\"node-agent\", charset=\"UTF-8\"");
    return whole(
        401, "text/plain; charset=utf-8", headers, "a user name and a password are needed\n");
  }

  static StatusAnswer streamed(String contentType, Body body) {
    return new StatusAnswer(200, contentType, Map.of(), 0, body);
  }

  private static StatusAnswer whole(
      int status, String contentType, Map<String, String> headers, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new StatusAnswer(status, contentType, headers, bytes.length, out -> out.write(bytes));
  }
}
