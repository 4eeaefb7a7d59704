package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.ListenerConfig;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private static final Set<InetAddress> OWN = Set.of(InetAddress.ofLiteral("10.99.0.11"));

  private static AgentConfig config(String addresses, String loadBalancer) {
    String manifest =
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec:
          addresses: %s
          members:
            - {node: cp-1, addresses: [10.99.0.11, "fd99::11"], priority: 250}
            - {node: cp-2, addresses: ["fd99::12", 10.99.0.12], priority: 237}
            - {node: cp-3, addresses: [10.99.0.13], priority: 224}
          loadBalancer: %s
        """
            .formatted(addresses, loadBalancer);
    return switch (ConfigResolution.read(manifest)) {
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> notes) -> config;
      case Reading.Refused<AgentConfig>(List<Problem> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  private static List<String> backends(AgentConfig config, int listener) {
    ListenerConfig chosen = Objects.requireNonNull(config.loadBalancer()).listeners().get(listener);
    return Backends.of(config, chosen).stream().map(b -> b.address() + " " + b.weight()).toList();
  }

  @Test
  void membersServeWithTheFirstAddressOfTheFamilyThatElects() {
    assertThat(backends(config("[10.99.0.50]", "{backends: {source: Members}}"), 0))
        .containsExactly("10.99.0.11:6443 100", "10.99.0.12:6443 100", "10.99.0.13:6443 100");
  }

  @Test
  void memberWithoutThatFamilyServesWithWhatItHas() {
    assertThat(backends(config("[\"fd99::50\"]", "{backends: {source: Members}}"), 0))
        .containsExactly(
            "[fd99:0:0:0:0:0:0:11]:6443 100",
            "[fd99:0:0:0:0:0:0:12]:6443 100",
            "10.99.0.13:6443 100");
  }

  @Test
  void staticOnesStandAsWrittenWithTheListenersPortByDefault() {
    AgentConfig config =
        config(
            "[10.99.0.50]",
            """
            {listeners: [{name: a, port: 6443, backendPort: 6443}, {name: b, port: 9345, backendPort: 9345, bindPort: 19345}],
             backends: {source: Static, static: [{address: 10.1.0.1, weight: 7}, {address: 10.1.0.2, port: 7443, weight: 0},
               {address: 10.1.0.1, port: 9345, weight: 9}]}}
            """
                .replace("\n", " "));
    assertThat(backends(config, 0))
        .containsExactly("10.1.0.1:6443 7", "10.1.0.2:7443 0", "10.1.0.1:9345 9");
    assertThat(backends(config, 1)).containsExactly("10.1.0.1:9345 7", "10.1.0.2:7443 0");
  }

  @Test
  void virtualAddressAsBackendIsFound() {
    AgentConfig config =
        config(
            "[10.99.0.50]",
            "{backends: {source: Static, static: [{address: 10.1.0.1, weight: 1},"
                + " {address: 10.99.0.50, port: 6443, weight: 1}]}}");
    assertThat(LoopCheck.problems(config, OWN))
        .containsExactly(
            "spec.loadBalancer.backends.static[1].address: 10.99.0.50:6443 is the virtual address"
                + " itself, the proxy would connect to itself; name the API server's own address");
  }

  @Test
  void ownSocketAsBackendIsFound() {
    String form = "{backends: {source: Static, static: [{address: %s, port: 16443, weight: 1}]}}";
    for (String address : List.of("10.99.0.11", "127.0.0.1", "\"::1\"", "10.99.0.50")) {
      AgentConfig config = config("[10.99.0.50]", form.formatted(address));
      assertThat(LoopCheck.problems(config, OWN)).as(address).hasSize(1);
    }
    AgentConfig config = config("[10.99.0.50]", form.formatted("10.99.0.11"));
    assertThat(LoopCheck.problems(config, OWN))
        .containsExactly(
            "spec.loadBalancer.backends.static[0].address: 10.99.0.11:16443 is the proxy's own"
                + " socket, it would connect to itself; name the port of the API server, or"
                + " another bindPort");
    assertThat(LoopCheck.problems(config, Set.of())).as("on another node").isEmpty();
  }

  @Test
  void membersWhosePortIsTheProxysAreFound() {
    AgentConfig config =
        config(
            "[10.99.0.50]",
            "{listeners: [{name: a, port: 6443, backendPort: 6443, bindPort: 6443}],"
                + " backends: {source: Members}}");
    assertThat(LoopCheck.problems(config, OWN))
        .containsExactly(
            "spec.loadBalancer.listeners[0].backendPort: 10.99.0.11:6443 is the proxy's own"
                + " socket, it would connect to itself; name the port of the API servers, or"
                + " another bindPort");
  }

  @Test
  void proxyOnTheVirtualAddressAloneDoesNotHoldThePortOfTheNode() {
    AgentConfig config =
        config(
            "[10.99.0.50]",
            "{listeners: [{name: a, port: 6443, backendPort: 6443, bindPort: 6443, bind: Virtual}],"
                + " backends: {source: Members}}");
    assertThat(LoopCheck.problems(config, OWN)).isEmpty();
  }

  @Test
  void defaultsHaveNoLoop() {
    assertThat(LoopCheck.problems(config("[10.99.0.50]", "{}"), OWN)).isEmpty();
    AgentConfig none = config("[10.99.0.50]", "{mode: None}");
    assertThat(LoopCheck.problems(none, OWN)).isEmpty();
  }
}
