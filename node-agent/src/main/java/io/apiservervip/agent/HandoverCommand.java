package io.apiservervip.agent;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code handover}: the running agent gives the address away. */
@Command(
    name = "handover",
    description = "Makes the agent on this node give the address to the next one.",
    mixinStandardHelpOptions = true)
final class HandoverCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final StateOptions state = new StateOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets spec
  HandoverCommand() {}

  @Override
  public Integer call() {
    try {
      String answer = state.ask("handover").strip();
      spec.commandLine().getOut().println(answer);
      return answer.startsWith("ok") ? 0 : 1;
    } catch (CommandFailure e) {
      spec.commandLine().getErr().println("node-agent: " + e.getMessage());
      return 1;
    }
  }
}
