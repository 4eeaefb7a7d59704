package io.apiservervip.agent.config;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.util.List;

/** Manifests and documents of the tests. */
final class Documents {
  static final String MANIFEST =
      """
      apiVersion: apiservervip.io/v1alpha1
      kind: ApiServerVip
      metadata: {name: control-plane}
      spec:
        addresses: [10.99.0.50, 10.99.0.51]
        interface: eth0
        members:
          - {node: cp-1, addresses: [10.99.0.11], priority: 250}
          - {node: cp-2, addresses: [10.99.0.12], priority: 237}
        vrrp: {version: 2, authentication: {type: Password, password: "1111"}}
        agent: {statusPort: 9870, logLevel: info}
      """;

  private Documents() {}

  static AgentConfig config(String manifest) {
    return switch (ConfigResolution.read(manifest)) {
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> notes) -> config;
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  /** The manifest with one part replaced, which it must have. */
  static String with(String part, String other) {
    if (!MANIFEST.contains(part)) {
      throw new AssertionError(part);
    }
    return MANIFEST.replace(part, other);
  }
}
