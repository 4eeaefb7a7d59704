package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.MacAddress;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import io.apiservervip.agent.router.VirtualAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent as the tests show it. */
final class Samples {
  private Samples() {}

  static AgentView view(@Nullable String splitBrain, @Nullable String configError) {
    return new AgentView(
        new AgentView.Identity("control-plane", "cp-1", "1.0.0"),
        new AgentView.Group(50, 3, List.of(new VirtualAddress(ip("10.99.0.50"), 32))),
        new AgentView.Config(0, AgentView.Source.FILE, "/etc/vip.yaml", configError),
        router(splitBrain),
        null,
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

  static InetAddress ip(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
