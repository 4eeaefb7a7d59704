package io.apiservervip.agent;

import io.apiservervip.agent.ConfigLoader.Refused;
import io.apiservervip.agent.ConfigLoader.Resolved;
import io.apiservervip.agent.preflight.Finding;
import io.apiservervip.agent.preflight.Result;
import io.apiservervip.agentapi.DurationText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code preflight}: says what would go wrong on this node, before an address is taken. */
@Command(
    name = "preflight",
    description = {
      "Says what would go wrong on this node, before an address is taken. It sends no advert and",
      "leaves nothing behind. Best run on all members at the same time: then it also tells whether",
      "IP protocol 112 passes between them, both ways.",
      "Exit status 0: nothing failed, though there may be warnings; else 1."
    },
    mixinStandardHelpOptions = true)
final class PreflightCommand implements Callable<Integer> {
  private final ConfigLoader loader;
  private final Program program;

  @Spec private CommandSpec spec;

  @Option(names = "--config", paramLabel = "FILE", description = "The manifest.", required = true)
  private Path config;

  @Option(names = "--node", paramLabel = "NAME", description = "This node's name.", required = true)
  private String node;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      description = {
        "How long to listen and to wait for answers, 1s to 10m (default: ${DEFAULT-VALUE}). It ends",
        "earlier where all members were heard."
      },
      defaultValue = "5s",
      converter = Patience.class)
  private Duration patience;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Where an agent that runs here is asked (default: ${DEFAULT-VALUE}).",
      defaultValue = StateDir.DEFAULT)
  private Path stateDir;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
      defaultValue = "table")
  private StatusCommand.Format format;

  /** What looks at the host, so that the command can be tried without one. */
  @FunctionalInterface
  interface Program {
    /** For a manifest without a fault; says on {@code progress} what it does. */
    List<Finding> look(Request request, PrintWriter progress) throws CommandFailure;
  }

  /** What the person wants looked at. */
  record Request(Path config, String node, Path stateDir, Duration patience) {}

  @SuppressWarnings("NullAway.Init") // picocli sets spec and the options
  PreflightCommand(ConfigLoader loader, Program program) {
    this.loader = loader;
    this.program = program;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    return switch (loader.load(config, node)) {
      case Resolved _ -> look(err);
      case Refused refused -> {
        refused.faults().forEach(err::println);
        yield 1;
      }
    };
  }

  private int look(PrintWriter err) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      List<Finding> findings = program.look(new Request(config, node, stateDir, patience), err);
      switch (format) {
        case json -> out.println(PreflightReport.json(findings));
        case table -> PreflightReport.table(findings).forEach(out::println);
      }
      return findings.stream().anyMatch(f -> f.result() == Result.FAIL) ? 1 : 0;
    } catch (CommandFailure e) {
      err.println("node-agent: " + e.getMessage());
      return 1;
    }
  }

  /** Reads the duration. */
  static final class Patience implements ITypeConverter<Duration> {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(10);

    @Override
    public Duration convert(String text) {
      Duration duration = DurationText.parse(text);
      if (duration == null || duration.compareTo(LEAST) < 0 || duration.compareTo(MOST) > 0) {
        throw new TypeConversionException("'" + text + "' is no duration from 1s to 10m");
      }
      return duration;
    }
  }
}
