package io.apiservervip.operator;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}: the operator itself, until SIGTERM. */
@Command(
    name = "run",
    description = "Runs the operator until SIGTERM, in a pod or with KUBECONFIG.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65535;
  private final ToIntFunction<RunOptions> operator;

  @Spec private CommandSpec spec;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description = "Where documents, agents and the Lease live (default: ${DEFAULT-VALUE}).",
      defaultValue = "apiserver-vip")
  private String namespace;

  @Option(
      names = "--allowed-images",
      paramLabel = "GLOB",
      split = ",",
      description = {
        "Agent images that a resource may name, * stands for any text",
        "(default: --agent-image alone)."
      })
  private @Nullable List<String> allowedImages;

  @Option(
      names = "--agent-image",
      paramLabel = "IMG",
      description = "The image of agents (default: the one of this release).")
  private @Nullable String agentImage;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Port of /livez, /readyz and /metrics (default: ${DEFAULT-VALUE}).",
      defaultValue = "8080")
  private int httpPort;

  @SuppressWarnings("NullAway.Init") // picocli sets spec and the options
  RunCommand(ToIntFunction<RunOptions> operator) {
    this.operator = operator;
  }

  @Override
  public Integer call() {
    if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw wrong("--namespace: '" + namespace + "' is not the name of a namespace");
    }
    if (httpPort < 0 || httpPort > MAX_PORT) {
      throw wrong("--http-port: " + httpPort + " is not a port, 0 to " + MAX_PORT);
    }
    String image = agentImage == null ? AgentImage.ofThisRelease() : agentImage;
    List<String> allowed = allowedImages == null ? List.of() : allowedImages;
    return operator.applyAsInt(new RunOptions(namespace, allowed, image, httpPort));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
