package io.apiservervip.agent;

import io.apiservervip.agent.linux.LinuxHostNetwork;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agentapi.AgentConfig;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program {@code node-agent}. */
public final class NodeAgentMain {
  private NodeAgentMain() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = NodeAgentCommand.commandLine(programs(err), out, err).execute(args);
    out.flush();
    System.exit(status);
  }

  private static Programs programs(PrintWriter err) {
    return new Programs(new ManifestCheck(), options -> run(options, err), new Rehearsal()::run);
  }

  private static int run(RunOptions options, PrintWriter err) {
    DocumentSource source = new DocumentSource(options.config(), options.stateDir());
    return switch (source.poll()) {
      case DocumentSource.Good good when good.config().member(options.node()) != null ->
          run(options, source, good);
      case DocumentSource.Good(AgentConfig config, AgentView.Source _) ->
          refuse(List.of(ManifestCheck.notMember(config, options.node())), err);
      case DocumentSource.Bad(List<String> lines) -> refuse(lines, err);
      case DocumentSource.Same _ -> refuse(List.of(options.config() + ": cannot be read"), err);
    };
  }

  private static int refuse(List<String> faults, PrintWriter err) {
    faults.forEach(err::println);
    return 1;
  }

  private static int run(RunOptions options, DocumentSource source, DocumentSource.Good first) {
    NodeAgent agent = new NodeAgent(options, LinuxHostNetwork::open, source, first);
    try {
      Signals.route(agent::stop, agent::reload);
      return agent.run();
    } catch (InterruptedException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
