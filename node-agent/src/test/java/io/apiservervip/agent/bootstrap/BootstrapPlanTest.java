package io.apiservervip.agent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.health.CheckedPool;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VipReader;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BootstrapPlanTest {
  private static BootstrapPlan plan(@Nullable String node, String more) {
    String text =
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec:
          addresses: ["10.99.0.50/24"]
          members:
            - {node: cp-1, addresses: [10.99.0.11, "fd99::11"], priority: 250}
            - {node: cp-2, addresses: [10.99.0.12], priority: 237}
          loadBalancer:
        """
            + more;
    if (VipReader.read(text) instanceof Reading.Accepted<Manifest>(Manifest manifest, var _)
        && ConfigResolution.resolve(manifest.vip())
            instanceof Reading.Accepted<AgentConfig>(AgentConfig config, var _)) {
      return BootstrapPlan.of(manifest.vip(), config, node);
    }
    throw new AssertionError(text);
  }

  private static List<String> servers(BootstrapPlan plan) {
    return plan.servers().stream().map(BackendAddress::text).toList();
  }

  @Test
  void membersAreAskedAndTheirOwnNodeLast() {
    String members = "    backends: {source: Members}\n";
    assertThat(servers(plan(null, members))).containsExactly("10.99.0.11:6443", "10.99.0.12:6443");
    assertThat(servers(plan("cp-1", members)))
        .containsExactly("10.99.0.12:6443", "10.99.0.11:6443");
    assertThat(servers(plan("worker", members)))
        .containsExactly("10.99.0.11:6443", "10.99.0.12:6443");
  }

  @Test
  void staticServersAreAskedAtTheirPorts() {
    String text =
        """
            listeners: [{name: rke2, port: 9345, backendPort: 9346}]
            backends: {source: Static, static: [{address: 10.99.0.77}, {address: fd99::7, port: 7}]}
        """;
    BootstrapPlan plan = plan("cp-1", text);
    assertThat(servers(plan)).containsExactly("10.99.0.77:9346", "[fd99:0:0:0:0:0:0:7]:7");
    assertThat(plan.vip()).hasToString("10.99.0.50:9345");
  }

  @Test
  void withoutBalancerTheAddressLeadsToTheServersOwnPort() {
    BootstrapPlan plan =
        plan(null, "    mode: None\n    listeners: [{name: a, port: 443, backendPort: 6443}]\n");
    assertThat(servers(plan)).containsExactly("10.99.0.11:6443", "10.99.0.12:6443");
    assertThat(plan.vip()).hasToString("10.99.0.50:6443");
  }

  @Test
  void whoDoesNotAnswerIsAskedEverMoreSeldom() {
    BootstrapPlan plan = plan(null, "    healthCheck: {downInterval: 500ms}\n");
    assertThat(pause(plan, Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    assertThat(pause(plan, Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(500));
    assertThat(pause(plan, Duration.ofSeconds(11))).isEqualTo(Duration.ofSeconds(1));
    assertThat(pause(plan, Duration.ofSeconds(41))).isEqualTo(Duration.ofSeconds(4));
    assertThat(pause(plan, Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void virtualAddressIsAskedWhereItIsWaitedFor() {
    BootstrapPlan plan = plan(null, "    backends: {source: Members}\n");
    assertThat(plan.pools(Duration.ZERO, true))
        .extracting(CheckedPool::listener)
        .containsExactly("servers", "vip");
    assertThat(plan.pools(Duration.ZERO, false))
        .extracting(CheckedPool::listener)
        .containsExactly("servers");
  }

  private static Duration pause(BootstrapPlan plan, Duration elapsed) {
    return plan.pools(elapsed, true).getFirst().check().downInterval();
  }
}
