package io.apiservervip.agentapi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The proxy in the agent.
 *
 * @param listeners 1..8; names, ports and bind ports are distinct
 * @param allowedSources empty: everyone
 */
public record LoadBalancerConfig(
    List<ListenerConfig> listeners,
    BackendsConfig backends,
    ConnectConfig connect,
    SessionConfig session,
    LimitsConfig limits,
    List<IpPrefix> allowedSources) {

  public LoadBalancerConfig {
    listeners = List.copyOf(listeners);
    allowedSources = List.copyOf(allowedSources);
    Require.range("listeners: count", listeners.size(), 1, 8);
    Require.range("allowedSources: count", allowedSources.size(), 0, 64);
    Set<String> names = new HashSet<>();
    Set<Integer> ports = new HashSet<>();
    Set<Integer> bindPorts = new HashSet<>();
    for (ListenerConfig listener : listeners) {
      Require.that(
          names.add(listener.name()), "listeners: name " + listener.name() + " stands twice");
      Require.that(
          ports.add(listener.port()), "listeners: port " + listener.port() + " stands twice");
      Require.that(
          bindPorts.add(listener.bindPort()),
          "listeners: bindPort " + listener.bindPort() + " stands twice");
    }
  }
}
