package io.apiservervip.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code forget}: removes the copy of the document that the operator once gave. */
@Command(
    name = "forget",
    description = "Removes the kept copy of the document; a running agent is not touched.",
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final StateOptions state = new StateOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets spec
  ForgetCommand() {}

  @Override
  public Integer call() {
    try {
      Path copy = state.copy();
      boolean removed = remove(copy);
      spec.commandLine()
          .getOut()
          .println(removed ? "removed " + copy : "nothing to forget: no " + copy);
      return removed ? 0 : 1;
    } catch (CommandFailure e) {
      spec.commandLine().getErr().println("node-agent: " + e.getMessage());
      return 1;
    }
  }

  private static boolean remove(Path copy) throws CommandFailure {
    try {
      return Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new CommandFailure("cannot remove " + copy + ": " + e.getMessage());
    }
  }
}
