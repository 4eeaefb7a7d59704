package io.apiservervip.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/** The agent's command line, to be asked what it understands; it starts nothing. */
public final class AgentCommandLine {
  private AgentCommandLine() {}

  public static CommandLine create() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return create(nowhere, nowhere);
  }

  /** What a command prints that starts nothing; it has to end with status 0. */
  public static String printed(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        create(new PrintWriter(out), new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalArgumentException(arguments + ": status " + status + ": " + err);
    }
    return out.toString();
  }

  private static CommandLine create(PrintWriter out, PrintWriter err) {
    return NodeAgentCommand.commandLine(
        new Programs((file, node) -> new ConfigLoader.Refused(List.of()), options -> 1), out, err);
  }
}
