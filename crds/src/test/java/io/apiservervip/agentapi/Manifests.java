package io.apiservervip.agentapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests of the test resources. */
final class Manifests {
  private static final Path ROOT = Path.of("src/test/resources/manifests");

  private Manifests() {}

  static List<Path> of(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String contract(String name) {
    return text(ROOT.resolve("contract").resolve(name));
  }

  /** A manifest in file mode: the lines are put under spec, in place of nothing. */
  static String withSpec(String... lines) {
    return """
        apiVersion: apiservervip.io/v1alpha1
        kind: ApiServerVip
        metadata: {name: control-plane}
        spec:
        """
        + String.join("\n", List.of(lines)).indent(2);
  }
}
