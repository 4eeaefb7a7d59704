package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.BackendSource;
import io.apiservervip.api.v1alpha1.HealthCheckOverride;
import io.apiservervip.api.v1alpha1.HealthCheckSpec;
import io.apiservervip.api.v1alpha1.ListenerSpec;
import io.apiservervip.api.v1alpha1.LoadBalancerSpec;
import io.apiservervip.api.v1alpha1.StaticBackendSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works out the proxy of a resource: bind ports, and each listener's own health check. */
public final class LoadBalancerResolution {
  private LoadBalancerResolution() {}

  /** The proxy, with these API servers behind it. */
  public static LoadBalancerConfig resolve(LoadBalancerSpec spec, BackendsConfig backends) {
    return new LoadBalancerConfig(
        spec.listeners().stream().map(l -> listener(l, spec.healthCheck())).toList(),
        backends,
        new ConnectConfig(
            spec.connectTimeout(),
            spec.hedgeDelay(),
            spec.firstResponseTimeout(),
            spec.firstByteTimeout()),
        new SessionConfig(
            spec.idleTimeout(),
            new SessionConfig.TcpKeepAlive(
                spec.tcpKeepAlive().idle(),
                spec.tcpKeepAlive().interval(),
                spec.tcpKeepAlive().probes()),
            spec.drainTimeout(),
            spec.closeOnBackendDown()),
        new LimitsConfig(
            spec.maxConnections(),
            spec.maxConnectionsPerSource(),
            spec.maxConnectionsPerBackend(),
            spec.queueTimeout()),
        spec.allowedSources().stream()
            .map(text -> Objects.requireNonNull(IpPrefix.parse(text), text))
            .toList());
  }

  /** The API servers as the resource names them; the members where they are to be looked up. */
  public static BackendsConfig backends(LoadBalancerSpec spec) {
    BackendSource source = spec.backends().source();
    return new BackendsConfig(
        source == BackendSource.KUBERNETES_SERVICE ? BackendSource.MEMBERS : source,
        spec.backends().servers().stream().map(LoadBalancerResolution::server).toList(),
        spec.algorithm(),
        spec.slowStart());
  }

  private static BackendsConfig.Server server(StaticBackendSpec spec) {
    return new BackendsConfig.Server(
        Objects.requireNonNull(IpLiteral.parse(spec.address()), spec.address()),
        spec.port(),
        spec.weight());
  }

  private static ListenerConfig listener(ListenerSpec spec, HealthCheckSpec common) {
    return new ListenerConfig(
        spec.name(),
        spec.port(),
        spec.backendPort(),
        LoadBalancerRules.bindPort(spec),
        spec.bind(),
        healthCheck(spec.healthCheck(), common));
  }

  private static HealthCheckConfig healthCheck(
      @Nullable HealthCheckOverride own, HealthCheckSpec common) {
    HealthCheckOverride over =
        own == null ? new HealthCheckOverride(null, null, null, null, null, null, null, null) : own;
    return new HealthCheckConfig(
        new HealthCheckConfig.Probe(
            Objects.requireNonNullElse(over.type(), common.type()),
            Objects.requireNonNullElse(over.path(), common.path()),
            Objects.requireNonNullElse(over.timeout(), common.timeout())),
        Objects.requireNonNullElse(over.interval(), common.interval()),
        Objects.requireNonNullElse(over.downInterval(), common.downInterval()),
        Objects.requireNonNullElse(over.rise(), common.rise()),
        Objects.requireNonNullElse(over.fall(), common.fall()),
        Objects.requireNonNullElse(over.passive(), common.passive()));
  }
}
