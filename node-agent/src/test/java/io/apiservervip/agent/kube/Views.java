package io.apiservervip.agent.kube;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.observe.ProxyView;
import io.apiservervip.agent.proxy.BackendLoad;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the agent of cp-1 shows, beside cp-2 and cp-3. */
final class Views {
  static final InetAddress CP_1 = InetAddress.ofLiteral("10.99.0.11");
  static final InetAddress CP_2 = InetAddress.ofLiteral("10.99.0.12");

  private Views() {}

  static AgentView of(Role role) {
    return of(router(role, role == Role.ACTIVE ? CP_1 : CP_2), null, null);
  }

  static AgentView of(
      RouterStatus router, @Nullable ProxyView proxy, @Nullable String configError) {
    return new AgentView(
        new AgentView.Identity("control-plane", "cp-1", "1.0.0"),
        new AgentView.Group(50, 3, List.of()),
        new AgentView.Config(3, DocumentSource.Origin.CLUSTER, "ConfigMap x", configError, null),
        router,
        proxy,
        Instant.parse("2026-11-20T22:31:00.123456Z"));
  }

  static RouterStatus router(Role role, @Nullable InetAddress activeSource) {
    return new RouterStatus(
        role,
        Instant.parse("2026-11-20T22:30:00.5Z"),
        "the reason",
        "eth0",
        new MacAddress(0x020000000011L),
        250,
        165,
        activeSource,
        role == Role.ACTIVE,
        4,
        List.of(
            new RouterStatus.Peer("cp-2", CP_2, true, Instant.parse("2026-11-20T22:30:59Z"), 237),
            new RouterStatus.Peer("cp-3", InetAddress.ofLiteral("10.99.0.13"), false, null, -1)),
        List.of(),
        null,
        List.of());
  }

  static ProxyView proxy(List<BackendHealth> backends) {
    return new ProxyView(
        List.of(
            new ListenerStatus(
                "apiserver",
                6443,
                List.of(),
                null,
                backends.stream()
                    .map(b -> new BackendLoad(b.address(), b.state(), 100, 0, 0))
                    .toList(),
                0,
                0)),
        Map.of("apiserver", backends),
        new ProxyView.Serving(-85, true, "the API server of this node fails its check"),
        List.of(),
        null);
  }
}
