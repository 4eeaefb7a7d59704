package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.LogLevel;
import java.net.InetAddress;
import java.util.List;

/**
 * The agent itself.
 *
 * @param statusPort port of /livez, /readyz, /metrics and /status
 * @param statusAddresses where that port listens; empty: the node's own address and 127.0.0.1
 */
public record AgentSettings(int statusPort, List<InetAddress> statusAddresses, LogLevel logLevel) {
  public AgentSettings {
    Require.port("agent.statusPort", statusPort);
    statusAddresses = List.copyOf(statusAddresses);
    Require.range("agent.statusAddresses: count", statusAddresses.size(), 0, 8);
  }
}
