package io.apiservervip.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders of {@code in-*.yaml}, the cluster's objects, and {@code out-plan.yaml}, what is made of
 * the resource called control-plane. What came out stands in {@code target/plans} for comparison.
 */
class PlanGoldenTest {
  private static final Path ROOT = Path.of("src/test/resources/plans");

  static List<String> names() {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreGoldens() {
    assertThat(names()).contains("kubeadm", "k3s", "rke2", "k0s");
  }

  @ParameterizedTest
  @MethodSource("names")
  void planIsAsWritten(String name) throws IOException {
    ClusterView cluster = ClusterText.read(input(ROOT.resolve(name)));
    VipFacts self =
        cluster.vips().stream()
            .filter(v -> v.name().equals("control-plane"))
            .findAny()
            .orElseThrow();
    String plan = PlanText.write(VipPlanner.plan(self, cluster));
    Path made = Files.createDirectories(Path.of("target/plans", name)).resolve("out-plan.yaml");
    Files.writeString(made, plan);
    Path expected = ROOT.resolve(name).resolve("out-plan.yaml");
    assertThat(plan).isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
  }

  private static String input(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("in-")).sorted().toList()) {
        text.append(Files.readString(file)).append("\n---\n");
      }
    }
    return text.substring(0, text.length() - 5);
  }
}
