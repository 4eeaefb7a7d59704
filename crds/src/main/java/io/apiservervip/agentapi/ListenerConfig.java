package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.BindScope;

/**
 * A port of the proxy.
 *
 * @param port where clients connect, on the virtual address
 * @param backendPort where the API servers listen
 * @param bindPort the proxy's own socket
 */
public record ListenerConfig(
    String name,
    int port,
    int backendPort,
    int bindPort,
    BindScope bind,
    HealthCheckConfig healthCheck) {
  public ListenerConfig {
    Require.range("listeners.name: length", name.length(), 1, 15);
    Require.port("listeners.port", port);
    Require.port("listeners.backendPort", backendPort);
    Require.port("listeners.bindPort", bindPort);
  }
}
