package io.apiservervip.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alert rules and dashboard by promtool, of Debian's package prometheus. */
class MonitoringIT {
  private static final Path RULES = Chart.FOLDER.resolve("files/rules.yaml");

  @TempDir private Path folder = Path.of("");

  @Test
  void theRulesParse() throws IOException, InterruptedException {
    assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS: 10 rules found");
  }

  @Test
  void eachAlertFiresInItsFaultAndNotOtherwise() throws IOException, InterruptedException {
    assertThat(promtool("test", "rules", "../helm/tests/rules-test.yaml")).contains("SUCCESS");
  }

  @Test
  void anAlertThatDoesNotFireIsFound() throws IOException, InterruptedException {
    Path rules = Files.createDirectories(folder.resolve("apiserver-vip/files"));
    Path tests = Files.createDirectories(folder.resolve("tests"));
    Files.writeString(
        rules.resolve("rules.yaml"), Files.readString(RULES).replace("for: 30s", "for: 30m"));
    Files.copy(Path.of("../helm/tests/rules-test.yaml"), tests.resolve("rules-test.yaml"));
    assertThat(promtool("test", "rules", tests.resolve("rules-test.yaml").toString()))
        .contains("FAILED")
        .contains("nobody holds the addresses");
  }

  /** As recording rules, because promtool reads no dashboards. */
  @Test
  void everyExpressionOfTheDashboardParses() throws IOException, InterruptedException {
    YAMLMapper yaml = new YAMLMapper();
    List<String> expressions =
        yaml.readTree(Files.readString(Chart.FOLDER.resolve("files/dashboard.json")))
            .findValuesAsText("expr");
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    ArrayNode rules = file.putArray("groups").addObject().put("name", "panels").putArray("rules");
    for (int i = 0; i < expressions.size(); i++) {
      rules
          .addObject()
          .put("record", "panel:" + i)
          .put("expr", expressions.get(i).replace("$vip", ".*").replace("$__rate_interval", "1m"));
    }
    Path panels = folder.resolve("panels.yaml");
    yaml.writeValue(panels.toFile(), file);
    assertThat(promtool("check", "rules", panels.toString()))
        .contains("SUCCESS: " + expressions.size() + " rules found");
  }

  private static String promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
