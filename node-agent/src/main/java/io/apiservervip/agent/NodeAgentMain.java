package io.apiservervip.agent;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.config.FileDocumentSource;
import io.apiservervip.agent.kube.ApiCredentials;
import io.apiservervip.agent.observe.LogSetup;
import io.apiservervip.agentapi.AgentConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The program {@code node-agent}. */
public final class NodeAgentMain {
  private NodeAgentMain() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = 1;
    try {
      status = execute(args, out, err);
    } catch (RuntimeException | IOException | InterruptedException bug) {
      LoggerFactory.getLogger(NodeAgentMain.class).error("this is a bug, the agent ends", bug);
    } finally {
      LogSetup.close();
      out.flush();
    }
    System.exit(status);
  }

  private static int execute(String[] args, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException {
    if (List.of(args).equals(List.of("rehearse"))) {
      new Rehearsal().run();
      return 0;
    }
    Programs programs = new Programs(new ManifestCheck(), options -> run(options, err));
    return NodeAgentCommand.commandLine(programs, out, err).execute(args);
  }

  private static int run(RunOptions options, PrintWriter err) {
    return switch (options.mode()) {
      case RunOptions.FileMode(Path config) -> runFile(options, config, err);
      case RunOptions.ClusterMode mode -> runCluster(options, mode, err);
    };
  }

  private static int runFile(RunOptions options, Path config, PrintWriter err) {
    DocumentSource source = new FileDocumentSource(config, options.stateDir());
    return switch (source.poll()) {
      case DocumentSource.Good good when good.config().member(options.node()) != null -> {
        List<String> loops = ManifestCheck.loops(good.config(), options.node());
        yield loops.isEmpty() ? run(options, source, good, Reporter.NONE) : refuse(loops, err);
      }
      case DocumentSource.Good(AgentConfig document, DocumentSource.Origin _) ->
          refuse(List.of(ManifestCheck.notMember(document, options.node())), err);
      case DocumentSource.Bad(List<String> lines) -> refuse(lines, err);
      case DocumentSource.Same _ -> refuse(List.of(config + ": cannot be read"), err);
    };
  }

  private static int runCluster(RunOptions options, RunOptions.ClusterMode mode, PrintWriter err) {
    try {
      ClusterAccess access = ClusterAccess.of(options, mode, ApiCredentials.find());
      return run(options, access.source(), access.source().first(), access);
    } catch (IOException e) {
      return refuse(List.of("node-agent: " + e.getMessage()), err);
    }
  }

  private static int refuse(List<String> faults, PrintWriter err) {
    faults.forEach(err::println);
    return 1;
  }

  private static int run(
      RunOptions options, DocumentSource source, DocumentSource.Good first, Reporter reporter) {
    NodeAgent agent = new NodeAgent(options, AgentHost.linux(), source, first, reporter);
    try {
      Signals.route(agent::stop, agent::reload);
      return agent.run();
    } catch (InterruptedException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
