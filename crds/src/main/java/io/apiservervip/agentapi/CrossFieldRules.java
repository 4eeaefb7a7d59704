package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rules of the CRD that a schema cannot say, for a resource whose structure is good. Each CEL
 * rule has its twin here, with the same path and the same message.
 */
final class CrossFieldRules {
  private CrossFieldRules() {}

  static void check(ApiServerVipSpec spec, Problems problems) {
    AddressRules.check(spec, problems);
    VrrpRules.check(spec.vrrp(), problems);
    LoadBalancerRules.check(spec, problems);
    PlacementRules.check(spec, problems);
  }

  /** The values that stand more than once, each once, in the order of their second stand. */
  static <T> List<T> repeated(List<T> values) {
    Map<T, Integer> count = new HashMap<>();
    List<T> repeated = new ArrayList<>();
    for (T value : values) {
      if (Objects.requireNonNull(count.merge(value, 1, Integer::sum)) == 2) {
        repeated.add(value);
      }
    }
    return repeated;
  }
}
