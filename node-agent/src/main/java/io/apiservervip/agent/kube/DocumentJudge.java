package io.apiservervip.agent.kube;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentConfigCodec;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a document of the operator: good as a whole, or refused as a whole with a line a fault.
 * Pure.
 *
 * @param faults what speaks against running a document that can be read, on this node
 */
public record DocumentJudge(DocumentName name, Function<AgentConfig, List<String>> faults) {

  DocumentSource.Poll judge(DocumentKind kind, String text) {
    String where = kind.kind() + " " + name + ": ";
    return switch (AgentConfigCodec.read(text)) {
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          bad(where, problems.stream().map(Problem::line).toList());
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> _) -> {
        if (!config.name().equals(name.vip())) {
          yield bad(where, List.of("name: " + config.name() + " is not " + name.vip()));
        }
        List<String> lines = faults.apply(config);
        yield lines.isEmpty()
            ? new DocumentSource.Good(config, DocumentSource.Origin.CLUSTER)
            : bad(where, lines);
      }
    };
  }

  private static DocumentSource.Poll bad(String where, List<String> lines) {
    return new DocumentSource.Bad(lines.stream().map(line -> where + line).toList());
  }
}
