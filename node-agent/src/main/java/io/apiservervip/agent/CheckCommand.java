package io.apiservervip.agent;

import io.apiservervip.agent.ConfigLoader.Refused;
import io.apiservervip.agent.ConfigLoader.Resolved;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: says what {@code run} would do with a manifest, or every fault in it. */
@Command(
    name = "check",
    description = "Validates a manifest and prints what this node would do with it.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private final ConfigLoader loader;

  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The manifest.", required = true)
  private Path config;

  @Option(names = "--node", paramLabel = "NAME", description = "This node's name.", required = true)
  private String node;

  @SuppressWarnings("NullAway.Init") // picocli sets spec and the options
  CheckCommand(ConfigLoader loader) {
    this.loader = loader;
  }

  @Override
  public Integer call() {
    return switch (loader.load(config, node)) {
      case Resolved resolved -> {
        print(resolved, spec.commandLine().getOut());
        yield 0;
      }
      case Refused refused -> {
        refused.faults().forEach(spec.commandLine().getErr()::println);
        yield 1;
      }
    };
  }

  private static void print(Resolved resolved, PrintWriter out) {
    Table.print(resolved.plan(), out);
    resolved.notes().forEach(out::println);
  }
}
