package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.KnownKind.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operator and agents rely on when they apply; the mock and a real server do the same. */
@ExtendWith(OneCluster.class)
class ServerSideApplyTest {
  private final ApiCalls api;
  private String name = "";
  private String path = "";

  ServerSideApplyTest(TestCluster cluster) throws IOException {
    this.api = cluster.calls();
  }

  @BeforeEach
  void theKindIsKnown(TestInfo test) throws IOException, InterruptedException {
    name = "a" + Integer.toHexString(test.getDisplayName().hashCode());
    path = KnownKind.PATH + "/" + name;
    KnownKind.install(api);
  }

  @Test
  void whatIsAbsentIsCreated() throws IOException, InterruptedException {
    Answer created = api.apply(path, "one", manifest(name, "interface: eth0"));
    assertThat(created.code()).isEqualTo(201);
    assertThat(created.body().at("/metadata/generation").asInt()).isEqualTo(1);
    assertThat(created.body().at("/metadata/uid").asText()).isNotEmpty();
    assertThat(Owned.by(created.body(), "one"))
        .containsExactlyInAnyOrder(".spec.addresses", ".spec.interface");
  }

  @Test
  void equalContentIsNoWrite() throws IOException, InterruptedException {
    Answer first = api.apply(path, "one", manifest(name, "interface: eth0"));
    Answer second = api.apply(path, "one", manifest(name, "interface: eth0"));
    assertThat(second.code()).isEqualTo(200);
    assertThat(version(second)).isEqualTo(version(first));
    assertThat(version(api.get(path))).isEqualTo(version(first));
  }

  @Test
  void aFieldThatItsManagerLeavesOutGoes() throws IOException, InterruptedException {
    api.apply(path, "one", manifest(name, "interface: eth0"));
    Answer second = api.apply(path, "one", manifest(name));
    assertThat(second.body().at("/spec").has("interface")).isFalse();
    assertThat(second.body().at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void aFieldThatAnotherAppliesTooStays() throws IOException, InterruptedException {
    api.apply(path, "one", manifest(name, "interface: eth0"));
    Answer agreed = api.apply(path, "two", manifest(name, "interface: eth0"));
    assertThat(agreed.code()).isEqualTo(200);
    Answer left = api.apply(path, "one", manifest(name));
    assertThat(left.body().at("/spec/interface").asText()).isEqualTo("eth0");
    assertThat(Owned.by(left.body(), "one")).containsExactly(".spec.addresses");
    assertThat(Owned.by(left.body(), "two"))
        .containsExactlyInAnyOrder(".spec.addresses", ".spec.interface");
  }

  @Test
  void aWriterThatLeavesEverythingOutOwnsNothing() throws IOException, InterruptedException {
    api.apply(path, "one", manifest(name, "interface: eth0"));
    api.apply(path, "two", manifest(name, "interface: eth0"));
    Answer left = api.apply(path, "two", "{%s}".formatted(identity()));
    assertThat(Owned.managers(left.body())).containsExactly("one Apply");
  }

  @Test
  void anotherValueForAFieldOfAnotherIsAConflict() throws IOException, InterruptedException {
    api.apply(path, "one", manifest(name, "interface: eth0"));
    Answer refused = api.apply(path, "two", manifest(name, "interface: eth1"));
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.interface");
    assertThat(api.get(path).body().at("/spec/interface").asText()).isEqualTo("eth0");
  }

  @Test
  void forceTakesTheFieldOver() throws IOException, InterruptedException {
    api.apply(path, "one", manifest(name, "interface: eth0"));
    Answer forced = api.force(path, "two", manifest(name, "interface: eth1"));
    assertThat(forced.body().at("/spec/interface").asText()).isEqualTo("eth1");
    assertThat(Owned.by(forced.body(), "one")).containsExactly(".spec.addresses");
    assertThat(Owned.by(forced.body(), "two"))
        .containsExactlyInAnyOrder(".spec.addresses", ".spec.interface");
  }

  @Test
  void generationCountsTheWishAlone() throws IOException, InterruptedException {
    api.apply(path, "one", manifest(name));
    Answer labelled =
        api.apply(
            path,
            "two",
            """
            %s
            metadata: {name: %s, labels: {a: b}}
            """
                .formatted("apiVersion: apiservervip.io/v1alpha1\nkind: ApiServerVip", name));
    assertThat(labelled.body().at("/metadata/labels/a").asText()).isEqualTo("b");
    assertThat(labelled.body().at("/metadata/generation").asInt()).isEqualTo(1);
    Answer changed = api.apply(path, "one", manifest(name, "interface: eth0"));
    assertThat(changed.body().at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void aManagerIsNeeded() throws IOException, InterruptedException {
    Answer refused = api.apply(path, "", manifest(name));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.message()).contains("fieldManager: Required value");
  }

  @Test
  void aDocumentWithOwnersIsRefused() throws IOException, InterruptedException {
    Answer refused =
        api.apply(
            path,
            "one",
            "{apiVersion: apiservervip.io/v1alpha1, kind: ApiServerVip, metadata: {name: %s,"
                    .formatted(name)
                + " managedFields: [{manager: x, operation: Apply}]}}");
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.message()).contains("metadata.managedFields must be nil");
  }

  @Test
  void aDryRunStoresNothing() throws IOException, InterruptedException {
    Answer tried = api.apply(path, "one&dryRun=All", manifest(name));
    assertThat(tried.code()).isEqualTo(201);
    assertThat(api.get(path).code()).isEqualTo(404);
  }

  @Test
  void finalizersOfSeveralWritersStandTogether() throws IOException, InterruptedException {
    api.apply(path, "one", manifest(name));
    api.apply(path, "two", finalizer("a.example.io/x"));
    Answer both = api.apply(path, "three", finalizer("b.example.io/x"));
    assertThat(both.body().at("/metadata/finalizers").toString())
        .isEqualTo("[\"a.example.io/x\",\"b.example.io/x\"]");
    assertThat(api.delete(path).code()).isEqualTo(200);
    assertThat(api.get(path).body().at("/metadata/deletionTimestamp").asText()).isNotEmpty();
    api.apply(path, "two", "{%s}".formatted(identity()));
    assertThat(api.get(path).code()).isEqualTo(200);
    api.apply(path, "three", "{%s}".formatted(identity()));
    assertThat(api.get(path).code()).isEqualTo(404);
  }

  private String finalizer(String finalizer) {
    return "{apiVersion: apiservervip.io/v1alpha1, kind: ApiServerVip, metadata: {name: %s,"
            .formatted(name)
        + " finalizers: [\"%s\"]}}".formatted(finalizer);
  }

  private String identity() {
    return "apiVersion: apiservervip.io/v1alpha1, kind: ApiServerVip, metadata: {name: %s}"
        .formatted(name);
  }

  private static String version(Answer answer) {
    return answer.body().at("/metadata/resourceVersion").asText();
  }
}
