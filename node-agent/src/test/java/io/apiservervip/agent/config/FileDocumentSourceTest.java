package io.apiservervip.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDocumentSourceTest {
  private static final String MANIFEST =
      """
      apiVersion: apiservervip.io/v1alpha1
      kind: ApiServerVip
      metadata: {name: control-plane}
      spec:
        addresses: ["10.99.0.50"]
        members:
          - {node: cp-1, addresses: [10.99.0.11], priority: %d}
      """;

  @TempDir private Path dir;
  private Path file;
  private FileDocumentSource source;

  @BeforeEach
  void writeManifest() throws IOException {
    file = dir.resolve("vip.yaml");
    Files.writeString(file, MANIFEST.formatted(250));
    source = new FileDocumentSource(file, dir);
  }

  @Test
  void theManifestIsTheDocumentUntilItChanges() throws IOException {
    assertThat(priority(source.poll())).isEqualTo(250);
    settle();
    Files.writeString(file, MANIFEST.formatted(99));
    assertThat(priority(source.poll())).isEqualTo(99);
  }

  @Test
  void aBadManifestIsRefusedWithItsLines() throws IOException {
    assertThat(source.poll()).isInstanceOf(DocumentSource.Good.class);
    settle();
    Files.writeString(file, MANIFEST.formatted(300));
    assertThat(source.poll())
        .isInstanceOfSatisfying(
            DocumentSource.Bad.class,
            bad ->
                assertThat(bad.lines())
                    .containsExactly("spec.members[0].priority: 300 is not in 1..255"));
  }

  @Test
  void theOperatorsCopyOutranksTheManifestUntilItIsForgotten() throws IOException {
    DocumentSource.Good first = (DocumentSource.Good) source.poll();
    LastGoodCopy copy = new LastGoodCopy(dir, "control-plane");
    Files.writeString(file, MANIFEST.formatted(77));
    assertThat(copy.write(first.config())).isInstanceOf(LastGoodCopy.Done.class);

    DocumentSource.Good outranking = (DocumentSource.Good) source.poll();
    assertThat(outranking.origin()).isEqualTo(DocumentSource.Origin.COPY);
    assertThat(priority(outranking)).isEqualTo(250);
    settle();

    assertThat(copy.remove()).isInstanceOf(LastGoodCopy.Done.class);
    DocumentSource.Good back = (DocumentSource.Good) source.poll();
    assertThat(back.origin()).isEqualTo(DocumentSource.Origin.FILE);
    assertThat(priority(back)).isEqualTo(77);
  }

  /** A file is read once more at the poll after a change, and then left alone. */
  private void settle() {
    assertThat(source.poll()).isInstanceOf(DocumentSource.Same.class);
    assertThat(source.poll()).isInstanceOf(DocumentSource.Same.class);
  }

  private static int priority(DocumentSource.Poll poll) {
    return ((DocumentSource.Good) poll).config().members().getFirst().priority();
  }
}
