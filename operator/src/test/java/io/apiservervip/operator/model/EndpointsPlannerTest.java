package io.apiservervip.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.BackendStatus;
import io.apiservervip.api.v1alpha1.NodeStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsPlannerTest {
  private static final List<ApiServer> THREE =
      List.of(server("10.99.0.13"), server("10.99.0.11"), server("10.99.0.12"));

  /**
   * Each column is one agent and what it says of the three servers: U(p), N(otReady), D(own), - for
   * nothing. Of the servers the ready ones are expected.
   */
  @ParameterizedTest
  @CsvSource({
    "'UUU UUU UUU', '11 12 13'",
    "'DUU UUU UUU', '11 12 13'",
    "'DDD UUU UUU', '11 12 13'",
    "'DUU DUU UUU', '12 13'",
    "'NUU DUU UUU', '12 13'",
    "'DUU DUU DUU', '12 13'",
    "'DDU DDU UUU', '13'",
    "'DDD DDD UUU', '11 12 13'",
    "'DDD DDD DDD', '11 12 13'",
    "'DUU UUU', '11 12 13'",
    "'DUU DUU', '12 13'",
    "'DUU', '12 13'",
    "'DDD', '11 12 13'",
    "'DUU --- ---', '11 12 13'",
    "'DUU D-- ---', '12 13'",
    "'DUU DUU UUU UUU', '11 12 13'",
    "'', '11 12 13'"
  })
  void anAddressIsNotReadyByMoreThanHalfOfTheAgentsAndNeverAll(String agents, String ready) {
    List<NodeStatus> entries = new ArrayList<>();
    for (String says : agents.split(" ", -1)) {
      if (!says.isEmpty()) {
        entries.add(agent("cp-" + entries.size(), says));
      }
    }
    EndpointsPlan plan = written(service(THREE, null), new Verdicts.OfAgents(entries), null);
    assertThat(ready(plan))
        .isEqualTo(Arrays.stream(ready.split(" ")).map(last -> "10.99.0." + last).toList());
    assertThat(plan.addresses()).containsExactly("10.99.0.11", "10.99.0.12", "10.99.0.13");
  }

  @Test
  void oneLyingAgentAmongThreeTurnsNothingEvenWhenAnotherIsSilent() {
    List<NodeStatus> fresh = List.of(agent("liar", "DDD"), agent("cp-2", "UUU"));
    EndpointsPlan plan = written(service(THREE, null), new Verdicts.OfAgents(fresh), null);
    assertThat(ready(plan)).containsExactly("10.99.0.11", "10.99.0.12", "10.99.0.13");
  }

  @Test
  void operatorsOwnChecksCountWhereThereAreNoAgents() {
    Verdicts checks =
        new Verdicts.OfOperator(
            Map.of(
                address("10.99.0.11"), BackendState.DOWN, address("10.99.0.12"), BackendState.UP));
    assertThat(ready(written(service(THREE, null), checks, null)))
        .containsExactly("10.99.0.12", "10.99.0.13");
  }

  @Test
  void anEmptySourceIsUnknownAndPublishesNothing() {
    assertThat(EndpointsPlanner.decide(service(List.of(), null), nobody(), null))
        .isEqualTo(
            new EndpointsDecision.Keep("no API server is known, so what was published stays"));
  }

  @Test
  void equalContentIsNotWrittenAgain() {
    EndpointsPlan first = written(service(THREE, null), nobody(), null);
    assertThat(EndpointsPlanner.decide(service(THREE.reversed(), null), nobody(), first))
        .isEqualTo(new EndpointsDecision.Keep("it is published already"));
  }

  @Test
  void endpointsOfSomebodyElsesServiceAreLeftAlone() {
    Refusal foreign = new Refusal(RefusalReason.FOREIGN_SERVICE, "spec.service.name", "exists");
    assertThat(EndpointsPlanner.decide(service(THREE, foreign), nobody(), null))
        .isEqualTo(new EndpointsDecision.Keep("the Service is another's"));
  }

  @Test
  void aServiceThatMayNotBeChangedIsServedAllTheSame() {
    Refusal other = new Refusal(RefusalReason.CLUSTER_IP_IMMUTABLE, "spec.service.clusterIP", "x");
    assertThat(written(service(THREE, other), nobody(), null).addresses()).hasSize(3);
  }

  @Test
  void eachFamilyAndPortHasASliceWithANameOfItsOwn() {
    List<ApiServer> servers =
        List.of(
            new ApiServer(ClusterText.ip("fd99::11"), 6443, "cp-1"),
            new ApiServer(ClusterText.ip("10.99.0.12"), 7443, null),
            new ApiServer(ClusterText.ip("10.99.0.9"), 6443, null),
            new ApiServer(ClusterText.ip("10.99.0.11"), 6443, null));
    EndpointsPlan plan = written(service(servers, null), nobody(), null);
    assertThat(plan.slices())
        .extracting(SlicePlan::name)
        .containsExactly("apiserver-ipv4-6443", "apiserver-ipv4-7443", "apiserver-ipv6-6443");
    assertThat(plan.addresses())
        .containsExactly("10.99.0.9", "10.99.0.11", "10.99.0.12", "fd99:0:0:0:0:0:0:11");
    assertThat(plan.slices().getLast().endpoints().getFirst().node()).isEqualTo("cp-1");
  }

  private static EndpointsPlan written(
      ServicePlan service, Verdicts verdicts, @Nullable EndpointsPlan published) {
    return switch (EndpointsPlanner.decide(service, verdicts, published)) {
      case EndpointsDecision.Write(EndpointsPlan plan) -> plan;
      case EndpointsDecision.Keep(String reason) -> throw new AssertionError(reason);
    };
  }

  private static List<String> ready(EndpointsPlan plan) {
    return plan.slices().stream()
        .flatMap(slice -> slice.endpoints().stream())
        .filter(SlicePlan.Endpoint::ready)
        .map(endpoint -> endpoint.address().getHostAddress())
        .toList();
  }

  private static Verdicts nobody() {
    return new Verdicts.OfAgents(List.of());
  }

  private static ServicePlan service(List<ApiServer> candidates, @Nullable Refusal blocked) {
    return new ServicePlan("default", "apiserver", null, 6443, candidates, blocked);
  }

  private static ApiServer server(String address) {
    return new ApiServer(ClusterText.ip(address), 6443, null);
  }

  private static BackendAddress address(String address) {
    return new BackendAddress(ClusterText.ip(address), 6443);
  }

  private static NodeStatus agent(String name, String says) {
    List<BackendStatus> backends = new ArrayList<>();
    for (int i = 0; i < says.length(); i++) {
      @Nullable BackendState state =
          switch (says.charAt(i)) {
            case 'U' -> BackendState.UP;
            case 'N' -> BackendState.NOT_READY;
            case 'D' -> BackendState.DOWN;
            default -> null;
          };
      if (state != null) {
        backends.add(new BackendStatus("10.99.0.1" + (i + 1) + ":6443", state, null));
      }
    }
    return new NodeStatus(
        name, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        backends);
  }
}
