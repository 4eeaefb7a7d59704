package io.apiservervip.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.apiservervip.agent.observe.ControlClient;
import io.apiservervip.agent.preflight.Finding;
import io.apiservervip.agent.preflight.Result;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The agent of the same resource that may run on this host already.
 *
 * @param status what it says of itself; missing where none answers
 */
record OwnAgent(JsonNode status) {

  static OwnAgent ask(Path stateDir, String vip) {
    try {
      String answer = ControlClient.ask(new StateDir(stateDir).socket(vip), "status");
      return new OwnAgent(new JsonMapper().readTree(answer));
    } catch (IOException e) {
      return new OwnAgent(MissingNode.getInstance());
    }
  }

  boolean runs() {
    return status.isObject();
  }

  /** Whether it has the virtual addresses. */
  boolean holds() {
    return status.path("addressOwned").asBoolean();
  }

  /** Whether one of its listeners is bound to the port. */
  boolean listens(int port) {
    return status
        .path("listeners")
        .valueStream()
        .flatMap(listener -> listener.path("bound").valueStream())
        .anyMatch(bound -> bound.asText().endsWith(":" + port));
  }

  Finding finding() {
    return new Finding(
        "agent",
        Result.OK,
        runs()
            ? "one of this resource runs here, " + status.path("role").asText() + "; only looked at"
            : "none of this resource runs here",
        "");
  }
}
