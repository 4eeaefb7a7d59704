package io.apiservervip.agentapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader against manifests: each invalid one names its lines in its header comment. */
class VipReaderTest {

  static List<Path> valid() {
    return List.copyOf(
        Stream.concat(Manifests.of("contract").stream(), Manifests.of("valid").stream()).toList());
  }

  static List<Path> invalid() {
    return Manifests.of("invalid");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void validManifestIsRead(Path file) {
    assertThat(VipReader.read(Manifests.text(file))).isInstanceOf(Reading.Accepted.class);
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidManifestIsRefusedWithTheLinesThatItNames(Path file) {
    String text = Manifests.text(file);
    List<String> expected =
        Arrays.stream(text.split("\n"))
            .filter(line -> line.startsWith("# error: "))
            .map(line -> line.substring("# error: ".length()))
            .toList();
    assertThat(expected).isNotEmpty();
    assertThat(lines(text)).containsExactlyElementsOf(expected);
  }

  static List<String> lines(String text) {
    return switch (VipReader.read(text)) {
      case Reading.Accepted<Manifest> accepted -> List.of();
      case Reading.Refused<Manifest>(List<Problem> problems) ->
          problems.stream().map(Problem::line).toList();
    };
  }
}
