package io.apiservervip.agent.kube;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentConfigCodec;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Reading;

/** Documents of three members, as the operator writes them. */
final class Documents {
  private Documents() {}

  /** One that differs from others by the priority of cp-1. */
  static AgentConfig document(String name, int priority) {
    String manifest =
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: %s}
        spec:
          addresses: ["10.99.0.50"]
          members:
            - {node: cp-1, addresses: [10.99.0.11], priority: %d}
            - {node: cp-2, addresses: [10.99.0.12], priority: 237}
            - {node: cp-3, addresses: [10.99.0.13], priority: 224}
        """
            .formatted(name, priority);
    return switch (ConfigResolution.read(manifest)) {
      case Reading.Accepted<AgentConfig>(AgentConfig config, var _) -> config;
      case Reading.Refused<AgentConfig> refused ->
          throw new IllegalStateException(refused.toString());
    };
  }

  static String text(String name, int priority) {
    return AgentConfigCodec.write(document(name, priority));
  }
}
