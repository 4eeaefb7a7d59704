package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.ApiServerVipSpec;
import io.apiservervip.api.v1alpha1.NodeSelectorSpec;
import io.apiservervip.api.v1alpha1.SelectorExpression;
import io.apiservervip.api.v1alpha1.SelectorOperator;
import io.apiservervip.api.v1alpha1.TolerationOperator;
import io.apiservervip.api.v1alpha1.TolerationSpec;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/** Rules on where things run and listen: selectors, tolerations, service, node-local, status. */
final class PlacementRules {
  private PlacementRules() {}

  static void check(ApiServerVipSpec spec, Problems problems) {
    checkSelector(spec.nodeSelector(), "spec.nodeSelector", problems);
    checkSelector(spec.nodeLocal().nodeSelector(), "spec.nodeLocal.nodeSelector", problems);
    checkTolerations(spec.tolerations(), problems);
    String clusterIp = spec.service().clusterIP();
    if (clusterIp != null) {
      IpRules.check(clusterIp, "spec.service.clusterIP", problems);
    }
    String local = spec.nodeLocal().address();
    InetAddress ip = IpRules.check(local, "spec.nodeLocal.address", problems);
    problems.unless(
        ip == null || ip.isLoopbackAddress(),
        "spec.nodeLocal.address",
        local,
        "is not a loopback address such as 127.0.0.1 or ::1");
    List<String> status = spec.agent().statusAddresses();
    for (int i = 0; i < status.size(); i++) {
      IpRules.check(status.get(i), "spec.agent.statusAddresses[" + i + "]", problems);
    }
  }

  private static void checkSelector(NodeSelectorSpec selector, String path, Problems problems) {
    List<SelectorExpression> expressions =
        Objects.requireNonNullElse(selector.matchExpressions(), List.of());
    for (int i = 0; i < expressions.size(); i++) {
      SelectorExpression expression = expressions.get(i);
      boolean needed =
          expression.operator() == SelectorOperator.IN
              || expression.operator() == SelectorOperator.NOT_IN;
      List<String> values = expression.values();
      problems.unless(
          needed == (values != null && !values.isEmpty()),
          path + ".matchExpressions[" + i + "].values",
          null,
          "operators In and NotIn need values, Exists and DoesNotExist must have none");
    }
  }

  private static void checkTolerations(List<TolerationSpec> tolerations, Problems problems) {
    for (int i = 0; i < tolerations.size(); i++) {
      TolerationSpec toleration = tolerations.get(i);
      problems.unless(
          toleration.operator() != TolerationOperator.EXISTS || toleration.value() == null,
          "spec.tolerations[" + i + "].value",
          null,
          "goes with operator Equal only; remove the value");
    }
  }
}
