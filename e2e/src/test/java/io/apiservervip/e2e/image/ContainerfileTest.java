package io.apiservervip.e2e.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Containerfiles copy what the build makes, and end as the images of {@code ./images} do. */
class ContainerfileTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  private static List<String> lines(String program) throws IOException {
    return Files.readAllLines(REPOSITORY.resolve(program).resolve("Containerfile"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"node-agent", "operator"})
  void copiesWhatTheBuildMakesAndStartsTheLauncher(String program) throws IOException {
    assertThat(lines(program))
        .filteredOn(line -> line.startsWith("COPY ") && !line.contains("--from="))
        .extracting(line -> line.split(" ", -1)[1])
        .containsExactly("packaging", program + "/target/dist", program + "/target/bom.json");
    assertThat(REPOSITORY.resolve("packaging/program")).isExecutable();
    assertThat(REPOSITORY.resolve("packaging/runtime")).isExecutable();
    assertThat(lines(program))
        .contains("ENTRYPOINT [\"/opt/apiserver-vip/bin/" + program + "\"]", "CMD [\"--help\"]");
  }

  @Test
  void onlyTheAgentIsRoot() throws IOException {
    assertThat(lines("node-agent")).contains("USER 0");
    assertThat(lines("operator")).contains("USER 65532:65532");
  }
}
