package io.apiservervip.agent;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/** The agent's command line, to be asked what it understands; it starts nothing. */
public final class AgentCommandLine {
  private AgentCommandLine() {}

  public static CommandLine create() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return NodeAgentCommand.commandLine(
        new Programs((file, node) -> new ConfigLoader.Refused(List.of()), options -> 1),
        nowhere,
        nowhere);
  }
}
