package io.apiservervip.e2e.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.apiservervip.e2e.lab.Host;
import java.io.IOException;
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

  /** Asks the agent on the host; empty when none answers. */
  public static Optional<AgentStatus> of(Host host) throws InterruptedException {
    try {
      return Optional.of(parse(StatusPort.get(host, "/status")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The whole document of {@code /status} as the agent on the host gives it. */
  static JsonNode document(Host host) throws IOException, InterruptedException {
    return JSON.readTree(StatusPort.get(host, "/status"));
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
}
