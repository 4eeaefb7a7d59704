package io.apiservervip.e2e.cluster;

import static io.apiservervip.e2e.cluster.KnownKind.manifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.cluster.ApiCalls.Answer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** People, kubectl and other programs write in other ways than by apply. */
@ExtendWith(OneCluster.class)
class OtherWritesTest {
  private final ApiCalls api;
  private String name = "";
  private String path = "";

  OtherWritesTest(TestCluster cluster) throws IOException {
    this.api = cluster.calls();
  }

  @BeforeEach
  void anObjectIsThere(TestInfo test) throws IOException, InterruptedException {
    name = "w" + Integer.toHexString(test.getDisplayName().hashCode());
    path = KnownKind.PATH + "/" + name;
    KnownKind.install(api);
    api.apply(path, "one", manifest(name, "interface: eth0"));
  }

  @Test
  void whatIsThereIsNotCreatedAgain() throws IOException, InterruptedException {
    Answer refused = api.post(KnownKind.PATH, manifest(name));
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message())
        .isEqualTo("apiservervips.apiservervip.io \"%s\" already exists".formatted(name));
  }

  @Test
  void aCreatedObjectHasNoStatus() throws IOException, InterruptedException {
    String other = name + "b";
    Answer created = api.post(KnownKind.PATH, manifest(other) + "status: {activeNode: a}");
    assertThat(created.code()).isEqualTo(201);
    assertThat(created.body().path("status").has("activeNode")).isFalse();
  }

  @Test
  void aHandEditTakesTheFieldFromItsManager() throws IOException, InterruptedException {
    Answer edited = api.merge(path + "?fieldManager=hand", "{spec: {interface: eth1}}");
    assertThat(edited.body().at("/spec/interface").asText()).isEqualTo("eth1");
    assertThat(Owned.by(edited.body(), "hand")).containsExactly(".spec.interface");
    assertThat(Owned.by(edited.body(), "one")).containsExactly(".spec.addresses");
    Answer refused = api.apply(path, "one", manifest(name, "interface: eth0"));
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message()).contains("conflict with \"hand\"").contains(".spec.interface");
    Answer right = api.force(path, "one", manifest(name, "interface: eth0"));
    assertThat(right.body().at("/spec/interface").asText()).isEqualTo("eth0");
    assertThat(Owned.managers(right.body())).containsExactly("one Apply");
  }

  @Test
  void nullInAMergePatchRemoves() throws IOException, InterruptedException {
    Answer edited = api.merge(path, "{spec: {interface: null}}");
    assertThat(edited.body().path("spec").has("interface")).isFalse();
    assertThat(edited.body().at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void aWriteBasedOnAnOldVersionIsRefused() throws IOException, InterruptedException {
    String old = api.get(path).body().toString();
    api.merge(path, "{spec: {interface: eth1}}");
    Answer refused = api.put(path, old);
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.message()).contains("the object has been modified");
  }

  @Test
  void puttingWhatIsThereIsNoWrite() throws IOException, InterruptedException {
    Answer before = api.get(path);
    Answer after = api.put(path, before.body().toString());
    assertThat(after.body().at("/metadata/resourceVersion"))
        .isEqualTo(before.body().at("/metadata/resourceVersion"));
  }

  @Test
  void thePutOwnsWhatItChanged() throws IOException, InterruptedException {
    String changed = api.get(path).body().toString().replace("eth0", "eth1");
    Answer after = api.put(path + "?fieldManager=hand", changed);
    assertThat(after.body().at("/spec/interface").asText()).isEqualTo("eth1");
    assertThat(Owned.by(after.body(), "hand")).containsExactly(".spec.interface");
    assertThat(after.body().at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void anUnknownPatchIsRefused() throws IOException, InterruptedException {
    assertThat(api.send("PATCH", path, "application/strange+json", "{}").code()).isEqualTo(415);
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException, InterruptedException {
    String absent = KnownKind.PATH + "/absent";
    assertThat(api.get(absent).code()).isEqualTo(404);
    assertThat(api.delete(absent).code()).isEqualTo(404);
    assertThat(api.put(absent, manifest("absent")).code()).isEqualTo(404);
    assertThat(api.merge(absent, "{spec: {}}").code()).isEqualTo(404);
    assertThat(api.get("/apis/nothing.example.io/v1/things/a").code()).isEqualTo(404);
  }
}
