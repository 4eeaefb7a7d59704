package io.apiservervip.operator.model;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.operator.model.SlicePlan.Endpoint;
import io.apiservervip.operator.model.SlicePlan.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the Service's candidates and the verdicts on them to the endpoints to publish. */
public final class EndpointsPlanner {
  private EndpointsPlanner() {}

  /** What tells two slices apart. */
  private record Key(Family family, int port) {}

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::family).thenComparingInt(Key::port);

  /**
   * What is to be done. An empty list is never published, nor one without a ready address: if all
   * are said to be ill, clients may as well try them all.
   *
   * @param published the endpoints as they are; null: there are none
   */
  public static EndpointsDecision decide(
      ServicePlan service, Verdicts verdicts, @Nullable EndpointsPlan published) {
    if (service.foreign()) {
      return new EndpointsDecision.Keep("the Service is another's");
    }
    if (service.candidates().isEmpty()) {
      return new EndpointsDecision.Keep("no API server is known, so what was published stays");
    }
    EndpointsPlan plan = plan(service, verdicts);
    return plan.equals(published)
        ? new EndpointsDecision.Keep("it is published already")
        : new EndpointsDecision.Write(plan);
  }

  private static EndpointsPlan plan(ServicePlan service, Verdicts verdicts) {
    boolean anyReady = service.candidates().stream().anyMatch(c -> ready(c, verdicts));
    Map<Key, List<Endpoint>> endpoints = new TreeMap<>(ORDER);
    for (ApiServer server :
        service.candidates().stream().sorted(AddressOrder.BY_ADDRESS).toList()) {
      Family family = MemberAddresses.v4(server.address()) ? Family.IPV4 : Family.IPV6;
      endpoints
          .computeIfAbsent(new Key(family, server.port()), key -> new ArrayList<>())
          .add(new Endpoint(server.address(), server.node(), !anyReady || ready(server, verdicts)));
    }
    List<SlicePlan> slices = new ArrayList<>();
    endpoints.forEach(
        (key, list) ->
            slices.add(new SlicePlan(name(service.name(), key), key.family(), key.port(), list)));
    return new EndpointsPlan(service.namespace(), service.name(), slices);
  }

  private static boolean ready(ApiServer server, Verdicts verdicts) {
    return BackendVotes.ready(new BackendAddress(server.address(), server.port()), verdicts);
  }

  /** Names of Services have at most 63 characters, those of slices 253. */
  private static String name(String service, Key key) {
    return switch (key.family()) {
      case IPV4 -> service + "-ipv4-" + key.port();
      case IPV6 -> service + "-ipv6-" + key.port();
    };
  }
}
