package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Preflights on a stage's hosts, begun together. */
final class PreflightStage {
  private final AgentStage stage;
  private final Map<String, LabProcess> running = new LinkedHashMap<>();

  PreflightStage(AgentStage stage) {
    this.stage = stage;
  }

  /**
   * What one of them printed.
   *
   * @param status with which it ended
   */
  record Report(int status, List<String> lines) {
    Report {
      lines = List.copyOf(lines);
    }

    /** The line of a check, without the spaces that make columns. */
    String line(String check) {
      return lines.stream()
          .filter(line -> line.startsWith(check + " "))
          .map(line -> line.replaceAll(" {2,}", "  "))
          .findFirst()
          .orElse("no line " + check + " in:\n" + String.join("\n", lines));
    }
  }

  PreflightStage start(int number, String manifest, String patience, Capability capability)
      throws IOException {
    Host host = stage.host(number);
    Files.writeString(stage.manifestFile(host), manifest);
    List<String> command =
        List.of(
            Campaign.agent().binary().toString(),
            "preflight",
            "--config",
            stage.manifestFile(host).toString(),
            "--node",
            host.node(),
            "--state-dir",
            stage.stateDirectory(host).toString(),
            "--patience",
            patience);
    String name = "preflight-" + host + "-" + System.nanoTime();
    running.put(host.node(), stage.start(host, name, command, capability));
    return this;
  }

  Report report(String node) throws IOException, InterruptedException {
    LabProcess process = running.get(node);
    if (process == null) {
      throw new IllegalArgumentException("no preflight on " + node);
    }
    int status = process.awaitExit();
    return new Report(status, Files.readAllLines(process.log()));
  }
}
