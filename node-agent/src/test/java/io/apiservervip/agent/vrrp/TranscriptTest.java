package io.apiservervip.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays each transcript again. What the router did stands indented under the line that made it do
 * so. {@code -Dtranscripts=rewrite} writes the files anew, for a person to read the difference.
 */
class TranscriptTest {
  private static final String OUTPUT = "    ";
  private static final Path SOURCES = Path.of("src/test/resources/transcripts");

  static Stream<String> transcripts() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(TranscriptTest.class.getResource("/transcripts")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("transcripts")
  void routerBehavesAsTheTranscriptSays(String name) throws IOException {
    Path file = SOURCES.resolve(name);
    String written = Files.readString(file);
    String played = play(written.lines().toList());
    if (System.getProperty("transcripts", "").equals("rewrite")) {
      Files.writeString(file, played);
    } else {
      assertThat(played).isEqualTo(written);
    }
  }

  private static String play(List<String> lines) {
    ScriptedRouter router = new ScriptedRouter();
    StringBuilder played = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith(OUTPUT)) {
        continue;
      }
      played.append(line).append('\n');
      if (!line.isBlank() && !line.startsWith("#")) {
        router.run(line).forEach(out -> played.append(OUTPUT).append(out).append('\n'));
      }
    }
    return played.toString();
  }
}
