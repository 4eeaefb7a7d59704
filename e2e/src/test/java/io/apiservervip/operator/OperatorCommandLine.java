package io.apiservervip.operator;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;

/** The operator's command line, to be asked what it understands; it starts nothing. */
public final class OperatorCommandLine {
  private OperatorCommandLine() {}

  public static CommandLine create() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return OperatorCommand.commandLine(options -> 1, nowhere, nowhere);
  }
}
