package io.apiservervip.agent;

import io.apiservervip.agent.observe.ConfigMeters;
import io.apiservervip.agent.observe.PeerMeters;
import io.apiservervip.agent.observe.ProxyMeters;
import io.apiservervip.agent.observe.ProxyView;
import io.apiservervip.agent.observe.ProxyWatch;
import io.apiservervip.agent.observe.RouterMeters;
import io.apiservervip.agent.router.RouterStatus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every meter of one agent, and what keeps those of the proxy up to date. */
record AgentMeters(
    PrometheusMeterRegistry registry,
    RouterMeters router,
    PeerMeters peers,
    ConfigMeters config,
    ProxyMeters proxy,
    ProxyWatch proxyWatch) {

  /** Registers them all; {@code proxy} yields null while none runs. */
  static AgentMeters register(Supplier<RouterStatus> status, Supplier<@Nullable ProxyView> proxy) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ProxyMeters meters = ProxyMeters.register(registry);
    return new AgentMeters(
        registry,
        RouterMeters.register(registry, status, List.of("addresses", "hand-over")),
        PeerMeters.register(registry, status),
        ConfigMeters.register(registry),
        meters,
        ProxyWatch.register(registry, meters, proxy, System::nanoTime));
  }
}
