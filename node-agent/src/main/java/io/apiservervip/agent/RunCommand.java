package io.apiservervip.agent;

import io.apiservervip.agentapi.AgentConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}: the agent itself, until SIGTERM. */
@Command(
    name = "run",
    description = {
      "Runs the agent until SIGTERM, from a manifest file or from the operator's document.",
      "SIGHUP or a changed file reloads."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final String NAMESPACE = "apiserver-vip";
  private static final Pattern NAMESPACE_NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern NODE = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

  private final ToIntFunction<RunOptions> agent;

  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The manifest (file mode).")
  private @Nullable Path config;

  @Option(
      names = "--vip",
      paramLabel = "NAME",
      description = {
        "The ApiServerVip to run (cluster mode), with the pod's service account or KUBECONFIG."
      })
  private @Nullable String vip;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description = "With --vip: the operator's namespace (default: " + NAMESPACE + ").")
  private @Nullable String namespace;

  @Option(names = "--node", paramLabel = "NAME", description = "This node's name.", required = true)
  private String node;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Where lock, socket and copy are kept (default: ${DEFAULT-VALUE}).",
      defaultValue = StateDir.DEFAULT)
  private Path stateDir;

  @Option(
      names = "--status-address",
      paramLabel = "HOST:PORT",
      description = "Where the status port listens (default: from the manifest).",
      converter = HostPort.class)
  private @Nullable InetSocketAddress statusAddress;

  @Option(
      names = "--status-auth-file",
      paramLabel = "FILE",
      description = {
        "Users who may read the status port, user:password a line (default: everybody may).",
        "HTTP carries passwords in clear text; /livez and /readyz stay open."
      })
  private @Nullable Path statusAuthFile;

  @SuppressWarnings("NullAway.Init") // picocli sets spec and the options
  RunCommand(ToIntFunction<RunOptions> agent) {
    this.agent = agent;
  }

  @Override
  public Integer call() {
    return agent.applyAsInt(new RunOptions(mode(), node, stateDir, statusAddress, statusAuthFile));
  }

  private RunOptions.Mode mode() {
    if (config != null) {
      require(vip == null, "--config and --vip exclude each other");
      require(namespace == null, "--namespace goes with --vip");
      return new RunOptions.FileMode(config);
    }
    if (vip == null) {
      throw wrong("missing --config FILE (file mode) or --vip NAME (cluster mode)");
    }
    String operator = namespace == null ? NAMESPACE : namespace;
    require(
        AgentConfig.isName(vip),
        "--vip: \"" + vip + "\" is not a DNS label of at most 40 characters");
    require(
        matches(NAMESPACE_NAME, operator),
        "--namespace: \"" + operator + "\" is not a name of a namespace");
    require(matches(NODE, node), "--node: \"" + node + "\" is not a name of a node");
    return new RunOptions.ClusterMode(vip, operator);
  }

  private static boolean matches(Pattern pattern, String name) {
    return pattern.matcher(name).matches();
  }

  private void require(boolean fulfilled, String message) {
    if (!fulfilled) {
      throw wrong(message);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
