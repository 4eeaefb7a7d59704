package io.apiservervip.e2e.cluster;

import io.apiservervip.agentapi.VipSchema;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The project's kind on a test cluster. */
final class KnownKind {
  static final String PATH = "/apis/apiservervip.io/v1alpha1/apiservervips";

  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/apiservervips.apiservervip.io";
  private static final int ATTEMPTS = 100;

  private KnownKind() {}

  /** Applies the CRD of this build; returns once the server serves it. */
  static void install(ApiCalls api) throws IOException, InterruptedException {
    Answer applied = api.force(DEFINITIONS, "apiserver-vip-operator", VipSchema.crdYaml());
    if (applied.code() >= 300) {
      throw new IOException("CRD refused: " + applied.message());
    }
    for (int i = 0; i < ATTEMPTS; i++) {
      if (api.get(PATH).code() == 200 && established(api)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("CRD not served: " + api.get(DEFINITIONS).body().path("status"));
  }

  private static boolean established(ApiCalls api) throws IOException, InterruptedException {
    for (var condition : api.get(DEFINITIONS).body().at("/status/conditions")) {
      if (condition.path("type").asText().equals("Established")) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  /** A manifest of this name, with more lines under spec. */
  static String manifest(String name, String... spec) {
    return """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: %s}
        spec:
          addresses: ["10.99.0.50"]
        """
            .formatted(name)
        + String.join("\n", spec).indent(2);
  }

  /** A manifest with nothing but a status. */
  static String status(String name, String status) {
    return """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: %s}
        status: %s
        """
        .formatted(name, status);
  }
}
