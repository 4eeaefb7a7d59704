package io.apiservervip.agent.kube;

import static io.apiservervip.agent.kube.DocumentKind.CONFIG_MAP;
import static io.apiservervip.agent.kube.DocumentKind.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.kube.DocumentChoice.Document;
import io.apiservervip.agent.kube.DocumentChoice.None;
import io.apiservervip.agent.kube.DocumentChoice.Undecided;
import io.apiservervip.agent.kube.DocumentChoice.WithoutKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentChoiceTest {
  private static final Sighting ABSENT = new Sighting.Absent();
  private static final Sighting EMPTY = new Sighting.Empty();
  private static final Sighting A = new Sighting.Text("a");
  private static final Sighting B = new Sighting.Text("b");

  private record Row(
      @Nullable Sighting configMap, @Nullable Sighting secret, DocumentChoice.Outcome outcome) {}

  private static final List<Row> TABLE =
      List.of(
          new Row(null, null, new Undecided()),
          new Row(ABSENT, null, new Undecided()),
          new Row(null, ABSENT, new Undecided()),
          new Row(ABSENT, ABSENT, new None()),
          new Row(A, null, new Document(CONFIG_MAP, "a")),
          new Row(A, ABSENT, new Document(CONFIG_MAP, "a")),
          new Row(EMPTY, ABSENT, new WithoutKey(CONFIG_MAP)),
          new Row(null, B, new Document(SECRET, "b")),
          new Row(ABSENT, B, new Document(SECRET, "b")),
          new Row(A, B, new Document(SECRET, "b")),
          new Row(A, EMPTY, new WithoutKey(SECRET)));

  @Test
  void theSecretCountsWhereItIsThere() {
    for (Row row : TABLE) {
      assertThat(DocumentChoice.of(row.configMap(), row.secret()))
          .as(row.toString())
          .isEqualTo(row.outcome());
    }
  }
}
