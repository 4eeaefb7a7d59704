package io.apiservervip.agent.observe;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.agent.proxy.BackendLoad;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import io.apiservervip.agent.router.VirtualAddress;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent as the tests show it. */
final class Samples {
  private Samples() {}

  static AgentView view(@Nullable String splitBrain, @Nullable String configError) {
    return new AgentView(
        new AgentView.Identity("control-plane", "cp-1", "1.0.0"),
        new AgentView.Group(50, 3, List.of(new VirtualAddress(ip("10.99.0.50"), 32))),
        new AgentView.Config(0, DocumentSource.Origin.FILE, "/etc/vip.yaml", configError, null),
        router(splitBrain),
        proxy(),
        Instant.parse("2026-11-20T22:31:00Z"));
  }

  static RouterStatus router(@Nullable String splitBrain) {
    return new RouterStatus(
        Role.ACTIVE,
        Instant.parse("2026-11-20T22:30:00Z"),
        "no advert for 309 ms",
        "eth0",
        new MacAddress(0x020000000011L),
        250,
        165,
        ip("10.99.0.11"),
        true,
        1,
        List.of(
            new RouterStatus.Peer(
                "cp-2", ip("10.99.0.12"), true, Instant.parse("2026-11-20T22:30:59Z"), 237),
            new RouterStatus.Peer("cp-3", ip("10.99.0.13"), false, null, -1)),
        List.of(new MacAddress(0x020000000011L)),
        splitBrain,
        List.of("no SCHED_RR"));
  }

  /** Two listeners; of the first one's backends one is Up, one Down, one Draining. */
  static ProxyView proxy() {
    return new ProxyView(
        List.of(
            new ListenerStatus(
                "apiserver",
                6443,
                List.of(
                    new InetSocketAddress(ip("10.99.0.11"), 16443),
                    new InetSocketAddress(ip("fd99::11"), 16443)),
                null,
                List.of(
                    new BackendLoad(backend("10.99.0.11", 6443), BackendState.UP, 100, 1240, 2),
                    new BackendLoad(backend("10.99.0.12", 6443), BackendState.DOWN, 100, 0, 0),
                    new BackendLoad(backend("fd99::13", 6443), BackendState.DRAINING, 50, 7, 0)),
                1247,
                3),
            new ListenerStatus(
                "rke2",
                9345,
                List.of(),
                "port 19345 is held by process 812 (rke2); choose another bindPort",
                List.of(),
                0,
                0)),
        Map.of("apiserver", List.of(up(), down())),
        new ProxyView.Serving(-85, true, "the API server of this node fails its check"),
        List.of("10.99.0.50", "apiserver.cluster.local"),
        "the kernel has no nf_tables; clients use port 16443");
  }

  static BackendAddress backend(String address, int port) {
    return new BackendAddress(ip(address), port);
  }

  private static BackendHealth up() {
    return new BackendHealth(
        backend("10.99.0.11", 6443),
        BackendState.UP,
        0,
        Instant.parse("2026-11-20T20:00:00Z"),
        null,
        3_456_789,
        true,
        new ServerCertificate(
            List.of("10.99.0.50", "kubernetes"), Instant.parse("2026-12-01T00:00:00Z")));
  }

  private static BackendHealth down() {
    return new BackendHealth(
        backend("10.99.0.12", 6443),
        BackendState.DOWN,
        0,
        Instant.parse("2026-11-20T22:30:18Z"),
        "<script>alert('refused')</script>",
        1_000_000_000,
        true,
        null);
  }

  static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
