package io.apiservervip.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.LintResult;
import io.apiservervip.agentapi.VipSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart is made of and what it refuses. */
class ChartTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void lintFindsNothing() {
    LintResult result = Chart.linted();
    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    assertThat(result.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
  }

  @Test
  void theDefinitionIsThatOfTheProgram() throws IOException {
    assertThat(Files.readString(Chart.FOLDER.resolve("crds/apiservervips.yaml")))
        .isEqualTo(VipSchema.crdYaml());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          operator: {replica: 3}                 | at '/operator': additional properties 'replica' not allowed
          operator: {replicas: 0}                | at '/operator/replicas': minimum: got 0, want 1
          operator: {replicas: two}              | at '/operator/replicas': got string, want integer
          operator: {httpPort: 99999}            | at '/operator/httpPort': maximum: got 99,999, want 65,535
          operator: {image: {tag: a b}}          | at '/operator/image/tag': 'a b' does not match pattern
          operator: {image: {repository: a:b/c}} | at '/operator/image/repository': 'a:b/c' does not match pattern
          operator: {serviceNamespaces: [A]}     | at '/operator/serviceNamespaces/0': 'A' does not match pattern
          agent: {image: {digest: sha256:12}}    | at '/agent/image/digest': 'sha256:12' does not match pattern
          agent: {allowedImages: ['a, b']}       | at '/agent/allowedImages/0': 'a, b' does not match pattern
          imagePullSecrets: [registry]           | at '/imagePullSecrets/0': got string, want object
          vip: {create: true}                    | at '/vip/spec': minProperties: got 0, want 1
          vip: {name: Door}                      | at '/vip/name': 'Door' does not match pattern
          metrics: {serviceMonitor: {interval: soon}} | at '/metrics/serviceMonitor/interval': 'soon' does not match pattern
          metrics: {alerts: true}                | at '/metrics': additional properties 'alerts' not allowed
          replicas: 2                            | additional properties 'replicas' not allowed
          """)
  void wrongValuesAreRefused(String values, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    assertThatThrownBy(() -> Chart.rendered(file))
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(message);
  }

  @Test
  void anOldClusterIsRefused() {
    assertThatThrownBy(
            () -> Chart.helm().template().withName(Chart.NAME).withKubeVersion("1.29.9").call())
        .hasMessageContaining(
            "chart requires kubeVersion: >=1.30.0-0 which is incompatible with Kubernetes"
                + " v1.29.9");
  }

  @Test
  void aBuildOfAProviderIsNew() {
    assertThat(
            Chart.helm().template().withName(Chart.NAME).withKubeVersion("v1.30.1-gke.100").call())
        .contains("kind: Deployment");
  }

  /** A value that the schema does not know is refused by the schema itself. */
  @Test
  void everyValueOfTheSchemaHasADefault() throws IOException {
    JsonNode schema = yaml("values.schema.json");
    List<String> lacking = new ArrayList<>();
    compare("", schema, yaml("values.yaml"), lacking);
    assertThat(lacking).containsExactly("/global");
  }

  @Test
  void everyDefaultIsExplained() throws IOException {
    List<String> lines = Files.readAllLines(Chart.FOLDER.resolve("values.yaml"));
    List<String> bare = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      boolean value = lines.get(i).matches("( {2}| {4})?[a-zA-Z]+: .+");
      boolean explained = lines.get(i - 1).strip().startsWith("#");
      if (value && !explained) {
        bare.add(lines.get(i).strip());
      }
    }
    assertThat(bare).isEmpty();
  }

  private static void compare(String path, JsonNode schema, JsonNode values, List<String> lacking) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String here = path + "/" + property.getKey();
              JsonNode value = values.path(property.getKey());
              if (value.isMissingNode()) {
                lacking.add(here);
              } else {
                compare(here, property.getValue(), value, lacking);
              }
            });
  }

  private static JsonNode yaml(String file) throws IOException {
    return new YAMLMapper().readTree(Files.readString(Chart.FOLDER.resolve(file)));
  }
}
