package io.apiservervip.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: what the agent on this node is and sees; exit status 0 while all is well. */
@Command(
    name = "status",
    description = {
      "Shows the agent on this node.",
      "Exit status 0: it is Active, or a Backup that knows of an Active, no split brain, and the",
      "proxy can serve where one runs; else 1."
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final StateOptions state = new StateOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "table")
  private Format format;

  @SuppressWarnings("NullAway.Init") // picocli sets spec and the options
  StatusCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      String answer = state.ask("status");
      JsonNode status = parse(answer);
      switch (format) {
        case json -> out.print(answer);
        case table -> Table.print(StatusTable.rows(status, Clock.systemUTC().instant()), out);
      }
      return StatusTable.healthy(status) ? 0 : 1;
    } catch (CommandFailure e) {
      spec.commandLine().getErr().println("node-agent: " + e.getMessage());
      return 1;
    }
  }

  private static JsonNode parse(String answer) throws CommandFailure {
    try {
      return new JsonMapper().readTree(answer);
    } catch (JsonProcessingException e) {
      throw new CommandFailure("the agent's answer is no JSON: " + e.getOriginalMessage());
    }
  }

  /** How to print it; lower case because that is what one types. */
  enum Format {
    table,
    json
  }
}
