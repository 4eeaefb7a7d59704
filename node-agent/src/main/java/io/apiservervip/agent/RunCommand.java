package io.apiservervip.agent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}: the agent itself, until SIGTERM. */
@Command(
    name = "run",
    description = "Runs the agent until SIGTERM; SIGHUP or a changed file reloads.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private final ToIntFunction<RunOptions> agent;

  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The manifest (file mode).")
  private @Nullable Path config;

  @Option(names = "--vip", paramLabel = "NAME", description = "Cluster mode: not in this version.")
  private @Nullable String vip;

  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description = "Cluster mode: not in this version.")
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
    if (vip != null || namespace != null) {
      throw new ParameterException(
          spec.commandLine(), "cluster mode (--vip) is not in this version; use --config FILE");
    }
    if (config == null) {
      throw new ParameterException(spec.commandLine(), "missing --config FILE");
    }
    return agent.applyAsInt(new RunOptions(config, node, stateDir, statusAddress, statusAuthFile));
  }
}
