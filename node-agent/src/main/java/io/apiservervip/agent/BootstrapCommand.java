package io.apiservervip.agent;

import io.apiservervip.agent.bootstrap.Bootstrap;
import io.apiservervip.agent.bootstrap.BootstrapPlan;
import io.apiservervip.agent.observe.LogSetup;
import io.apiservervip.agentapi.DurationText;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.api.v1alpha1.ApiServerVip;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bootstrap}: a name for the API in the hosts file before there is a door. */
@Command(
    name = "bootstrap",
    description = {
      "Before the kubelet: has a name in the hosts file lead to a live API server,",
      "and to the virtual address as soon as that answers; then it ends."
    },
    mixinStandardHelpOptions = true)
final class BootstrapCommand implements Callable<Integer> {
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final int HOST_LENGTH = 253;

  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The manifest.", required = true)
  private Path config;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "This node's name; its own API server is tried last.")
  private @Nullable String node;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The name (default: spec.nodeLocal.hostsEntry of the manifest).")
  private @Nullable String host;

  @Option(
      names = "--hosts-file",
      paramLabel = "FILE",
      description = "The hosts file (default: ${DEFAULT-VALUE}).",
      defaultValue = "/etc/hosts")
  private Path hostsFile;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long all of it may take (default: ${DEFAULT-VALUE}).",
      defaultValue = "10m",
      converter = DurationConverter.class)
  private Duration timeout;

  @Option(
      names = "--wait-for-vip",
      paramLabel = "true|false",
      arity = "1",
      description =
          "false: ends once the name points at an API server (default: ${DEFAULT-VALUE}).",
      defaultValue = "true")
  private boolean waitForVip;

  @Option(names = "--remove", description = "Takes the name out of the hosts file and ends.")
  private boolean remove;

  @SuppressWarnings("NullAway.Init") // picocli sets spec and the options
  BootstrapCommand() {}

  @Override
  public Integer call() throws InterruptedException, ReflectiveOperationException {
    return switch (CheckedManifest.read(config)) {
      case Reading.Refused<CheckedManifest>(List<Problem> problems) -> {
        problems.forEach(problem -> spec.commandLine().getErr().println(problem.line()));
        yield 1;
      }
      case Reading.Accepted<CheckedManifest>(CheckedManifest checked, List<String> _) ->
          bootstrap(checked);
    };
  }

  private int bootstrap(CheckedManifest checked)
      throws InterruptedException, ReflectiveOperationException {
    ApiServerVip vip = checked.manifest().vip();
    String name = name(vip);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (remove) {
      return Bootstrap.remove(name, hostsFile, out, err);
    }
    LogSetup.level("error"); // what is found is told in lines of our own
    Bootstrap bootstrap =
        new Bootstrap(
            new Bootstrap.Request(name, hostsFile, timeout, waitForVip),
            BootstrapPlan.of(vip, checked.config(), node),
            out,
            err);
    Signals.route(bootstrap::stop, () -> {});
    return bootstrap.run(ProgramVersion.text());
  }

  private String name(ApiServerVip vip) {
    String name = host == null ? vip.spec().nodeLocal().hostsEntry() : host;
    if (name == null) {
      throw wrong("missing --host NAME, for the manifest has no spec.nodeLocal.hostsEntry");
    }
    if (name.length() > HOST_LENGTH || !HOST.matcher(name).matches()) {
      throw wrong("--host: \"" + name + "\" is not a DNS name in lower case");
    }
    return name;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Reads a duration as the manifest writes it. */
  private static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration duration = DurationText.parse(text);
      if (duration == null || duration.isZero()) {
        throw new TypeConversionException("'" + text + "' is not a duration such as 90s or 10m");
      }
      return duration;
    }
  }
}
