package io.apiservervip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.kube.ApiServer;
import io.apiservervip.agent.kube.ApiServers;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiServerPlanTest {
  private static final ApiServer SERVICE = new ApiServer("10.96.0.1", 443);

  @Test
  void theServerOfTheNodeComesFirst() {
    assertThat(texts("cp-2", "{backends: {source: Members}}"))
        .startsWith("10.99.0.12:6443")
        .containsExactlyInAnyOrder("10.99.0.11:6443", "10.99.0.12:6443", "10.99.0.13:6443");
  }

  @Test
  void nodesWithoutAServerBeginAtDifferentOnes() {
    String backends = "{backends: {source: Members}}";
    assertThat(texts("worker-1", backends).getFirst())
        .isNotEqualTo(texts("worker-2", backends).getFirst());
  }

  @Test
  void staticBackendsKeepTheirPorts() {
    assertThat(
            texts(
                "cp-1", "{backends: {source: Static, static: [{address: 10.99.0.9, port: 7443}]}}"))
        .containsExactly("10.99.0.9:7443");
  }

  @Test
  void withoutABalancerTheMembersAreAsked() {
    assertThat(texts("cp-1", "{mode: None}")).startsWith("10.99.0.11:6443").hasSize(3);
  }

  @Test
  void aVirtualAddressIsNoWayToTheApi() {
    AgentConfig document = document("{backends: {source: Members}}");
    ApiServers seeded =
        ApiServerPlan.of(document, "cp-1", List.of(new ApiServer("10.99.0.50", 6443)));
    assertThat(seeded.fallback()).isEmpty();
    assertThat(ApiServerPlan.of(document, "cp-1", List.of(SERVICE)).fallback())
        .containsExactly(SERVICE);
  }

  private static List<String> texts(String node, String balancer) {
    return ApiServerPlan.of(document(balancer), node, List.of(SERVICE)).direct().stream()
        .map(ApiServer::toString)
        .toList();
  }

  private static AgentConfig document(String balancer) {
    String manifest =
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec:
          addresses: ["10.99.0.50"]
          members:
            - {node: cp-1, addresses: [10.99.0.11], priority: 250}
            - {node: cp-2, addresses: [10.99.0.12], priority: 237}
            - {node: cp-3, addresses: [10.99.0.13], priority: 224}
          loadBalancer: %s
        """
            .formatted(balancer);
    return switch (ConfigResolution.read(manifest)) {
      case Reading.Accepted<AgentConfig> accepted -> accepted.value();
      case Reading.Refused<AgentConfig> refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }
}
