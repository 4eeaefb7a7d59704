package io.apiservervip.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.VipSchema;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the chart renders to, object by object. */
class ChartGoldensTest {
  private static final Path VALUES = Path.of("src/test/resources/chart");
  private static final String HEADER =
      """
      # apiserver-vip, for kubectl apply --server-side -f: namespace, definition, the agents' permissions, the operator.
      # Rendered from the chart helm/apiserver-vip, where changes belong.
      ---
      """;

  @Test
  void thePlainManifestsAreTheChartWithItsNamespaceAndItsDefinition() throws IOException {
    new Golden(Path.of("../helm/manifests/apiserver-vip.yaml"))
        .holds(
            HEADER
                + VipSchema.crdYaml()
                + Chart.rendered(VALUES.resolve("plain-manifests.yaml")).stripTrailing()
                + "\n");
  }

  @Test
  void byDefaultEverythingButTheNamespaceIsTheSame() throws IOException {
    String plain = Chart.rendered(VALUES.resolve("plain-manifests.yaml"));
    String namespace = plain.substring(0, plain.indexOf("---", 4));
    assertThat(namespace).contains("kind: Namespace");
    assertThat(Chart.rendered(VALUES.resolve("none.yaml")))
        .isEqualTo(plain.substring(namespace.length()));
  }

  @Test
  void withEveryValueSetEachIsSeen() throws IOException {
    new Golden(VALUES.resolve("everything.rendered.yaml"))
        .holds(Chart.rendered(VALUES.resolve("everything.yaml")).stripTrailing() + "\n");
  }

  @Test
  void theNotesNameTheNextSteps() throws IOException {
    String notes = Chart.notes(VALUES.resolve("none.yaml"));
    assertThat(notes)
        .contains("pod-security.kubernetes.io/enforce=privileged")
        .contains("rollout status deployment/apiserver-vip-operator")
        .contains("kind: ApiServerVip")
        .contains("kubectl describe apiservervip control-plane");
    assertThat(Chart.notes(VALUES.resolve("everything.yaml")))
        .contains("The first ApiServerVip is door")
        .doesNotContain("kubectl apply");
  }
}
