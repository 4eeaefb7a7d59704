package io.apiservervip.e2e.chart;

import io.apiservervip.e2e.cluster.ApiCalls;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The kinds of the Prometheus operator that the chart can make; they take any content. */
public final class PrometheusKinds {
  static final String GROUP = "monitoring.coreos.com";

  private PrometheusKinds() {}

  /** Makes the server know them. */
  public static void define(ApiCalls api) throws IOException, InterruptedException {
    for (String kind : List.of("ServiceMonitor", "PrometheusRule")) {
      define(api, kind);
    }
  }

  private static void define(ApiCalls api, String kind) throws IOException, InterruptedException {
    String plural = kind.toLowerCase(Locale.ROOT) + "s";
    api.force(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + plural + "." + GROUP,
        "test",
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %s.%s}
        spec:
          group: %s
          scope: Namespaced
          names: {kind: %s, plural: %s}
          versions:
            - name: v1
              served: true
              storage: true
              schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """
            .formatted(plural, GROUP, GROUP, kind, plural));
    String objects = "/apis/" + GROUP + "/v1/namespaces/apiserver-vip/" + plural;
    for (int i = 0; i < 100 && api.get(objects).code() != 200; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
