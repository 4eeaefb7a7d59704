package io.apiservervip.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The transition table: given a state, one event, the exact actions in order and the next state.
 * {@code -Dtranscripts=rewrite} writes the table anew, for a person to read the difference.
 */
class TransitionTableTest {
  private static final Path TABLE = Path.of("src/test/resources/transitions.txt");

  record Row(String given, String event, String actions, String next) {
    @Override
    public String toString() {
      return given + ": " + event;
    }

    String line() {
      return String.format("%-10s | %-46s | %s | %s", given, event, actions, next);
    }
  }

  private static boolean isRow(String line) {
    return line.contains(" | ") && !line.startsWith("#");
  }

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (isRow(line)) {
        rows.add(parse(line));
      }
    }
    return rows;
  }

  private static Row parse(String line) {
    List<String> cells = List.of(line.split(" \\| ", -1));
    return new Row(
        cells.get(0).strip(), cells.get(1).strip(), cells.get(2).strip(), cells.get(3).strip());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void routerDoesWhatTheTableSays(Row row) throws IOException {
    if (!System.getProperty("transcripts", "").equals("rewrite")) {
      assertThat(play(row, scripts())).isEqualTo(row);
    }
  }

  @Test
  void everyStateMeetsEveryEvent() throws IOException {
    Map<String, List<String>> events =
        rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.given().replaceAll("[-+].*", ""),
                    Collectors.mapping(row -> kind(row.event()), Collectors.toList())));
    assertThat(events.keySet())
        .containsExactlyInAnyOrder(
            "initialize", "listening", "backup", "active", "leaving", "fault", "stopped");
    assertThat(events.values())
        .allSatisfy(
            met ->
                assertThat(met)
                    .contains(
                        "time",
                        "ready",
                        "lost",
                        "advert",
                        "foreign",
                        "health",
                        "installed",
                        "failed",
                        "removed",
                        "expired",
                        "claims",
                        "sent",
                        "send",
                        "hand-over",
                        "shutdown",
                        "reconfigure"));
  }

  private static String kind(String event) {
    List<String> words = Words.of(event).list();
    return switch (words.getFirst()) {
      case "interface", "addresses", "address", "neighbour" -> words.get(1);
      default -> words.getFirst();
    };
  }

  @Test
  void tableIsWrittenAnewWhereAskedFor() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      lines.add(isRow(line) ? play(parse(line), scripts()).line().stripTrailing() : line);
    }
    if (System.getProperty("transcripts", "").equals("rewrite")) {
      Files.write(TABLE, lines);
    }
    assertThat(Files.readAllLines(TABLE)).isEqualTo(lines);
  }

  private static Map<String, String> scripts() throws IOException {
    Map<String, String> scripts = new HashMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("given ")) {
        int equals = line.indexOf(" = ");
        scripts.put(line.substring(6, equals).strip(), line.substring(equals + 3));
      }
    }
    return scripts;
  }

  private static Row play(Row row, Map<String, String> scripts) {
    String script = scripts.get(row.given());
    assertThat(script).as("a line 'given %s = ...'", row.given()).isNotNull();
    ScriptedRouter router = new ScriptedRouter();
    for (String line : String.valueOf(script).split(";", -1)) {
      router.run(line.strip());
    }
    String actions = router.step(Words.of(row.event()));
    return new Row(row.given(), row.event(), actions, Printed.state(router.state()));
  }
}
