package io.apiservervip.e2e.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.apiservervip.e2e.lab.Host;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an agent says of itself on its status port.
 *
 * @param splitBrain whether it claims that two nodes hold the address
 */
public record AgentStatus(
    String role,
    int priority,
    int effectivePriority,
    String since,
    boolean addressOwned,
    String message,
    boolean splitBrain) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PORT = 9870;
  private static final int PATIENCE_MILLIS = 500;

  /** Asks the agent on the host; empty when none answers. */
  public static Optional<AgentStatus> of(Host host) throws InterruptedException {
    try {
      return Optional.of(parse(host.namespace().call(() -> get("/status"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The whole document of {@code /status} as the agent on the host gives it. */
  static JsonNode document(Host host) throws IOException, InterruptedException {
    return JSON.readTree(host.namespace().call(() -> get("/status")));
  }

  static AgentStatus parse(String json) throws IOException {
    JsonNode root = JSON.readTree(json);
    return new AgentStatus(
        root.path("role").asText("?"),
        root.path("priority").asInt(),
        root.path("effectivePriority").asInt(),
        root.path("lastTransitionTime").asText(""),
        root.path("addressOwned").asBoolean(),
        root.path("message").asText(""),
        root.required("splitBrain").required("verdict").asBoolean());
  }

  private static String get(String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int first = answer.indexOf('{');
      int last = answer.lastIndexOf('}');
      if (first < 0 || last < first) {
        throw new IOException("no JSON in the answer to " + path);
      }
      return answer.substring(first, last + 1);
    }
  }
}
