package io.apiservervip.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the runbook quotes is what the programs say. */
class RunbookTest {
  private static final Pattern COMMANDS = Pattern.compile("(?s)```.*?```|`[^`]*`");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern REASON = Pattern.compile("`([A-Z][a-z]+[A-Z][A-Za-z]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(#([a-z0-9-]+)\\)");

  @Test
  void everyQuotedMessageIsInTheSources() throws IOException {
    String sources = sources();
    Set<String> unknown =
        QUOTED
            .matcher(COMMANDS.matcher(runbook()).replaceAll(""))
            .results()
            .map(match -> match.group(1).replaceAll("\\s+", " "))
            .flatMap(message -> Stream.of(message.split("…|\\.\\.\\.")))
            .map(String::strip)
            .filter(part -> !sources.contains(part))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyReasonIsInTheSources() throws IOException {
    String sources = sources();
    List<String> reasons = found(REASON);
    assertThat(reasons).contains("NoActive", "RolloutStopped", "BackendDown");
    assertThat(reasons).allSatisfy(reason -> assertThat(sources).contains('"' + reason + '"'));
  }

  /** The operator tells a refused spec by one of these. */
  @Test
  void everyRefusalHasItsAdvice() throws IOException {
    String refusals =
        Files.readString(
            Path.of("../operator/src/main/java/io/apiservervip/operator/model/RefusalReason.java"));
    List<String> reasons =
        Pattern.compile("[A-Z_]+\\(\"([A-Za-z]+)\"\\)")
            .matcher(refusals)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(reasons).hasSize(15);
    String runbook = runbook();
    assertThat(reasons).allMatch(reason -> runbook.contains("`" + reason + "`"));
  }

  @Test
  void everyLinkLeadsToASection() throws IOException {
    Set<String> anchors = MonitoringTest.anchors(runbook());
    assertThat(found(LINK)).isNotEmpty().allMatch(anchors::contains);
  }

  private static List<String> found(Pattern pattern) throws IOException {
    return pattern.matcher(runbook()).results().map(match -> match.group(1)).distinct().toList();
  }

  private static String runbook() throws IOException {
    return Files.readString(Path.of("../docs/runbook.md"));
  }

  /** Of both programs, with the parts of a message put together. */
  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module : List.of("node-agent", "operator")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }
}
