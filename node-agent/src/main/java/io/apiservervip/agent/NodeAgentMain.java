package io.apiservervip.agent;

import io.apiservervip.agent.ConfigLoader.Refused;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;

/** The program {@code node-agent}. */
public final class NodeAgentMain {
  private NodeAgentMain() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = NodeAgentCommand.commandLine(programs(err), out, err).execute(args);
    out.flush();
    System.exit(status);
  }

  private static Programs programs(PrintWriter err) {
    ConfigLoader check = (file, node) -> new Refused(List.of("no reader of manifests here"));
    ToIntFunction<RunOptions> run =
        options -> {
          err.println("node-agent: no router here");
          return 1;
        };
    return new Programs(check, run, new Rehearsal()::run);
  }
}
