package io.apiservervip.agent;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code node-agent} with its subcommands; wrong use is one line and exit status 2. */
@Command(
    name = "node-agent",
    description = "Holds the virtual address of the Kubernetes API servers on this node.",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class)
final class NodeAgentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec
  private NodeAgentCommand() {}

  static CommandLine commandLine(Programs programs, PrintWriter out, PrintWriter err) {
    CommandLine line =
        new CommandLine(new NodeAgentCommand())
            .addSubcommand(new RunCommand(programs.run()))
            .addSubcommand(new CheckCommand(programs.check()))
            .addSubcommand(new PreflightCommand(programs.check(), Preflight::look))
            .addSubcommand(ManifestCommand.commandLine())
            .addSubcommand(new BootstrapCommand())
            .addSubcommand(new StatusCommand())
            .addSubcommand(new HandoverCommand())
            .addSubcommand(new ForgetCommand());
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(NodeAgentCommand::wrongUse);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed: run, check, preflight, manifest, bootstrap, status, handover or"
            + " forget");
  }

  private static int wrongUse(ParameterException wrong, String... args) {
    CommandLine line = wrong.getCommandLine();
    String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong use");
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println("node-agent: " + message + " (see " + name + " --help)");
    return CommandLine.ExitCode.USAGE;
  }
}
