package io.apiservervip.operator;

import io.apiservervip.agentapi.VipSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code crds}: prints the CustomResourceDefinition, as kubectl takes it. */
@Command(
    name = "crds",
    description = "Prints the CustomResourceDefinition of ApiServerVip.",
    mixinStandardHelpOptions = true)
final class CrdsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec
  CrdsCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(VipSchema.crdYaml());
    spec.commandLine().getOut().flush();
    return 0;
  }
}
