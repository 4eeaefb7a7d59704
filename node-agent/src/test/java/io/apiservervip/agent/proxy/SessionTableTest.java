package io.apiservervip.agent.proxy;

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
 * The table of one session: given a state, one event, the exact actions in order and the next
 * deadline. {@code -Dtranscripts=rewrite} writes the table anew, for a person to read the
 * difference.
 */
class SessionTableTest {
  private static final Path TABLE = Path.of("src/test/resources/sessions.txt");

  record Row(String given, String event, String actions, String deadline) {
    @Override
    public String toString() {
      return given + ": " + event;
    }

    String line() {
      return String.format("%-11s | %-15s | %s | %s", given, event, actions, deadline);
    }
  }

  private static boolean isRow(String line) {
    return line.contains(" | ") && !line.startsWith("#");
  }

  static List<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(SessionTableTest::isRow)
        .map(SessionTableTest::parse)
        .toList();
  }

  private static Row parse(String line) {
    List<String> cells = List.of(line.split(" \\| ", -1));
    return new Row(
        cells.get(0).strip(), cells.get(1).strip(), cells.get(2).strip(), cells.get(3).strip());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void sessionDoesWhatTheTableSays(Row row) throws IOException {
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
                    Row::given,
                    Collectors.mapping(
                        row -> row.event().replaceAll(" .*", ""), Collectors.toList())));
    assertThat(events.keySet()).isEqualTo(scripts().keySet());
    for (String state :
        List.of("silent", "dialling", "part", "waiting", "racing", "queued", "paused", "over")) {
      assertThat(events.get(state))
          .as(state)
          .contains("accept", "bytes", "part", "hello", "opaque", "client-ends", "client-resets")
          .contains("connected", "refused", "answer", "server-ends", "server-resets")
          .contains("down", "place", "at", "end");
    }
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
    List<String> lines = List.of(String.valueOf(script).split(";", -1));
    ScriptedSession session = new ScriptedSession(lines.getFirst().strip());
    for (String line : lines.subList(1, lines.size())) {
      String _ = session.run(line.strip());
    }
    String actions = session.run(row.event());
    return new Row(row.given(), row.event(), actions, session.deadline());
  }
}
