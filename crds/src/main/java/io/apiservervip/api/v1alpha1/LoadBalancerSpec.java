package io.apiservervip.api.v1alpha1;

import java.time.Duration;
import java.util.List;

/** The balancer in front of the API servers. */
public record LoadBalancerSpec(
    LoadBalancerMode mode,
    List<ListenerSpec> listeners,
    Algorithm algorithm,
    BackendsSpec backends,
    HealthCheckSpec healthCheck,
    Duration connectTimeout,
    Duration hedgeDelay,
    Duration firstResponseTimeout,
    Duration firstByteTimeout,
    Duration slowStart,
    int maxConnections,
    int maxConnectionsPerSource,
    int maxConnectionsPerBackend,
    Duration queueTimeout,
    Duration idleTimeout,
    TcpKeepAliveSpec tcpKeepAlive,
    Duration drainTimeout,
    boolean closeOnBackendDown,
    List<String> allowedSources) {
  public LoadBalancerSpec {
    listeners = List.copyOf(listeners);
    allowedSources = List.copyOf(allowedSources);
  }
}
