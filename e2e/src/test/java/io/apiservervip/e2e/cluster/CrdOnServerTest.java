package io.apiservervip.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The CRD as the API server understands it: what it takes, refuses and prints. */
@ExtendWith(OneCluster.class)
class CrdOnServerTest {
  private static final Path MANIFESTS = Path.of("../crds/src/test/resources/manifests");
  private static final Path REFUSED = Path.of("src/test/resources/refused");
  private static final String SAYS = "# says: ";

  /** As kubectl apply asks: unknown fields are refused. */
  private static final String STRICT = KnownKind.PATH + "?fieldValidation=Strict&dryRun=All";

  private final TestCluster cluster;
  private final ApiCalls api;

  CrdOnServerTest(TestCluster cluster) throws IOException {
    this.cluster = cluster;
    this.api = cluster.calls();
  }

  @BeforeEach
  void theKindIsKnown() throws IOException, InterruptedException {
    KnownKind.install(api);
  }

  @TestFactory
  Stream<DynamicTest> everyValidManifestIsTaken() throws IOException {
    return Stream.of("contract", "valid")
        .flatMap(folder -> files(MANIFESTS.resolve(folder)))
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> taken(file)));
  }

  private void taken(Path file) throws IOException, InterruptedException {
    ObjectNode manifest = Json.read(Files.readString(file));
    manifest.withObjectProperty("metadata").remove(List.of("resourceVersion", "uid"));
    Answer answer = api.post(STRICT, manifest.toString());
    assertThat(answer.code()).as(answer.message()).isEqualTo(201);
  }

  /** The mock validates nothing, so that there is nothing to see with it. */
  @TestFactory
  Stream<DynamicTest> eachBadManifestIsRefusedInTheseWords() throws IOException {
    return cluster.validates()
        ? files(REFUSED)
            .map(
                file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> refused(file)))
        : Stream.empty();
  }

  private void refused(Path file) throws IOException, InterruptedException {
    List<String> expected =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(SAYS))
            .map(line -> line.substring(SAYS.length()))
            .toList();
    Answer answer = api.post(STRICT, Files.readString(file));
    assertThat(answer.code()).as(answer.message()).isIn(400, 422);
    assertThat(expected).isNotEmpty();
    assertThat(answer.message()).contains(expected);
  }

  @Test
  void theTableShowsWhoHoldsTheAddress() throws IOException, InterruptedException {
    String path = KnownKind.PATH + "/table";
    api.force(path, "user", KnownKind.manifest("table"));
    api.force(
        path + "/status",
        "operator",
        KnownKind.status(
            "table",
            "{activeNode: cp-1, virtualRouterId: 50, summary: {backends: 3/3, agents: 3/3},"
                + " conditions: [{type: Ready, status: \"True\", reason: Ready, message: m,"
                + " lastTransitionTime: \"2026-11-20T22:30:00Z\"}]}"));
    JsonNode table = api.table(path).body();
    assertThat(table.path("columnDefinitions").findValuesAsText("name"))
        .containsExactly(
            "Name", "VIP", "Active", "Backends", "Agents", "Ready", "VRID", "Mode", "Age");
    assertThat(table.path("columnDefinitions").findValuesAsText("priority"))
        .containsExactly("0", "0", "0", "0", "0", "0", "1", "1", "0");
    List<String> cells = new ArrayList<>();
    table.at("/rows/0/cells").forEach(cell -> cells.add(cell.asText()));
    assertThat(cells.subList(0, 7))
        .containsExactly("table", "10.99.0.50", "cp-1", "3/3", "3/3", "True", "50");
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
