package io.apiservervip.operator;

import java.io.PrintWriter;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code operator} with its subcommands; wrong use is one line and exit status 2. */
@Command(
    name = "operator",
    description = "Keeps the door to the Kubernetes API as every ApiServerVip asks for it.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class)
final class OperatorCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec
  private OperatorCommand() {}

  static CommandLine commandLine(
      ToIntFunction<RunOptions> operator, PrintWriter out, PrintWriter err) {
    CommandLine line =
        new CommandLine(new OperatorCommand())
            .addSubcommand(new RunCommand(operator))
            .addSubcommand(new CrdsCommand());
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(OperatorCommand::wrongUse);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed: run or crds");
  }

  private static int wrongUse(ParameterException wrong, String... args) {
    CommandLine line = wrong.getCommandLine();
    String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong use");
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println("operator: " + message + " (see " + name + " --help)");
    return CommandLine.ExitCode.USAGE;
  }
}
