package io.apiservervip.agent;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code manifest}: prints what runs the agent elsewhere; each form is a command of its own. */
@Command(
    name = "manifest",
    description = "Prints a manifest that runs this agent.",
    mixinStandardHelpOptions = true)
final class ManifestCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec
  private ManifestCommand() {}

  static CommandLine commandLine() {
    return new CommandLine(new ManifestCommand()).addSubcommand(new StaticPodCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a kind of manifest is needed: static-pod");
  }
}
