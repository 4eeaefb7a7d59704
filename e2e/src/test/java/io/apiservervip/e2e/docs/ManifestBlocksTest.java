package io.apiservervip.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.ConfigResolution;
import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.agentapi.VipReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documents tell a reader to apply is what the programs take. */
class ManifestBlocksTest {
  private static final Pattern BETWEEN = Pattern.compile("(?m)^---\\s*\\n");

  private final YAMLMapper yaml = new YAMLMapper();

  @Test
  void everyResourceIsValidAndEveryOtherBlockOfYamlParses() throws IOException {
    List<String> faults = new ArrayList<>();
    int resources = 0;
    for (Page page : Page.all()) {
      for (Block block : page.blocks()) {
        if (block.language().equals("yaml")) {
          for (String document : BETWEEN.splitAsStream(block.text()).toList()) {
            resources += check(block, document, faults);
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(resources).as("blocks with an ApiServerVip").isGreaterThan(5);
  }

  @Test
  void aResourceThatWouldBeRefusedIsFound() {
    List<String> faults = new ArrayList<>();
    Block block = new Block("page:1", "yaml", List.of());
    check(
        block,
        """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec: {addresses: [10.99.0.50], nodelocal: {}}
        """,
        faults);
    assertThat(faults).hasSize(1).first().asString().contains("page:1: spec.nodelocal");
  }

  /** 1 for a resource of ours, 0 for anything else. */
  private int check(Block block, String document, List<String> faults) {
    JsonNode tree;
    try {
      tree = yaml.readTree(document);
    } catch (IOException e) {
      faults.add(block + ": " + e.getMessage());
      return 0;
    }
    if (!tree.isObject()) {
      faults.add(block + ": is no mapping");
      return 0;
    }
    if (!tree.path("kind").asText().equals("ApiServerVip")) {
      return 0;
    }
    problems(document).forEach(problem -> faults.add(block + ": " + problem.line()));
    return 1;
  }

  /** As the API server judges it and, where members are listed, as an agent in file mode does. */
  private static List<Problem> problems(String document) {
    return switch (VipReader.read(document)) {
      case Reading.Refused<Manifest>(List<Problem> problems) -> problems;
      case Reading.Accepted<Manifest>(Manifest manifest, List<String> notes) ->
          manifest.vip().spec().members().isEmpty() ? List.of() : inFileMode(manifest);
    };
  }

  private static List<Problem> inFileMode(Manifest manifest) {
    return switch (ConfigResolution.resolve(manifest.vip())) {
      case Reading.Refused<AgentConfig>(List<Problem> problems) -> problems;
      case Reading.Accepted<AgentConfig> accepted -> List.of();
    };
  }
}
