package io.apiservervip.agent.kube;

import static io.apiservervip.agent.kube.DocumentKind.CONFIG_MAP;
import static io.apiservervip.agent.kube.DocumentKind.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.config.DocumentSource.Bad;
import io.apiservervip.agent.config.DocumentSource.Good;
import io.apiservervip.agent.config.DocumentSource.Origin;
import io.apiservervip.agent.config.DocumentSource.Same;
import io.apiservervip.agent.config.LastGoodCopy;
import io.apiservervip.agentapi.AgentConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeDocumentSourceTest {
  private static final Sighting ABSENT = new Sighting.Absent();
  private static final String NAME = "ConfigMap ns/apiserver-vip-control-plane";

  private final List<AgentConfig> seen = new ArrayList<>();
  private List<String> faults = List.of();

  @TempDir private Path dir;
  private LastGoodCopy copy;
  private KubeDocumentSource source;

  @BeforeEach
  void open() {
    copy = new LastGoodCopy(dir, "control-plane");
    ServiceAccount account = new ServiceAccount(dir, List.of(new ApiServer("10.96.0.1", 443)));
    source =
        new KubeDocumentSource(
            new DocumentJudge(new DocumentName("ns", "control-plane"), _ -> faults),
            copy,
            new ApiLink(account, new ApiServers(List.of(), List.of()), "test"),
            seen::add);
  }

  @Test
  void withoutACopyItStartsWithNothingAndSaysWhatItWaitsFor() {
    Good first = source.first();
    assertThat(first.origin()).isEqualTo(Origin.NONE);
    assertThat(first.config().name()).isEqualTo("control-plane");
    assertThat(first.config().vrrp()).isNull();
    assertThat(source.waiting()).isEqualTo("no document yet: no API server was asked yet");
    assertThat(source.path()).isEqualTo(NAME);
    assertThat(seen).isEmpty();
  }

  @Test
  void withACopyItStartsFromThat() {
    copy.write(Documents.document("control-plane", 250));
    assertThat(source.first())
        .isEqualTo(new Good(Documents.document("control-plane", 250), Origin.COPY));
    assertThat(source.waiting()).isNull();
    assertThat(seen).containsExactly(Documents.document("control-plane", 250));
  }

  @Test
  void aCopyThatCannotBeReadIsNoCopy() throws IOException {
    Files.writeString(dir.resolve("control-plane.config.yaml"), "name: [");
    assertThat(source.first().origin()).isEqualTo(Origin.NONE);
  }

  @Test
  void theDocumentIsPickedUpOnceAndKeptOnDisk() {
    source.first();
    see(CONFIG_MAP, text("control-plane", 250));
    assertThat(source.poll())
        .isEqualTo(new Good(Documents.document("control-plane", 250), Origin.CLUSTER));
    assertThat(source.poll()).isEqualTo(new Same());
    assertThat(source.waiting()).isNull();
    assertThat(copy.read())
        .isEqualTo(new LastGoodCopy.Found(Documents.document("control-plane", 250)));
    assertThat(seen).containsExactly(Documents.document("control-plane", 250));
  }

  @Test
  void ofSeveralDocumentsBetweenTwoPollsTheLastCounts() {
    see(CONFIG_MAP, text("control-plane", 250));
    see(CONFIG_MAP, text("control-plane", 99));
    assertThat(source.poll())
        .isEqualTo(new Good(Documents.document("control-plane", 99), Origin.CLUSTER));
  }

  @Test
  void aBadDocumentIsRefusedWholeAndTheCopyStays() {
    see(CONFIG_MAP, text("control-plane", 250));
    source.poll();
    see(CONFIG_MAP, new Sighting.Text(Documents.text("control-plane", 250) + "colour: red\n"));
    assertThat(lines(source.poll())).containsExactly(NAME + ": colour: is not a known field");
    assertThat(copy.read())
        .isEqualTo(new LastGoodCopy.Found(Documents.document("control-plane", 250)));
  }

  @Test
  void theDocumentOfAnotherResourceIsRefused() {
    see(CONFIG_MAP, text("other", 250));
    assertThat(lines(source.poll())).containsExactly(NAME + ": name: other is not control-plane");
    assertThat(copy.present()).isFalse();
  }

  @Test
  void whatSpeaksAgainstItOnThisNodeIsAFault() {
    faults = List.of("a backend is the proxy itself");
    see(CONFIG_MAP, text("control-plane", 250));
    assertThat(lines(source.poll())).containsExactly(NAME + ": a backend is the proxy itself");
    assertThat(copy.present()).isFalse();
  }

  @Test
  void afterABadDocumentTheOldOneIsGoodAgain() {
    see(CONFIG_MAP, text("control-plane", 250));
    source.poll();
    see(CONFIG_MAP, new Sighting.Text(""));
    assertThat(source.poll()).isInstanceOf(Bad.class);
    see(CONFIG_MAP, text("control-plane", 250));
    assertThat(source.poll()).isInstanceOf(Good.class);
  }

  @Test
  void aDocumentThatIsGoneIsSaidAndStaysInForce() {
    see(CONFIG_MAP, text("control-plane", 250));
    source.poll();
    see(SECRET, ABSENT);
    assertThat(source.poll()).isEqualTo(new Same());
    see(CONFIG_MAP, ABSENT);
    assertThat(lines(source.poll()))
        .containsExactly(NAME + " is gone; the last good document stays in force");
    assertThat(copy.present()).isTrue();
  }

  @Test
  void aSecretTakesThePlaceOfTheConfigMap() {
    see(CONFIG_MAP, text("control-plane", 250));
    see(SECRET, text("control-plane", 99));
    assertThat(source.poll())
        .isEqualTo(new Good(Documents.document("control-plane", 99), Origin.CLUSTER));
    see(CONFIG_MAP, ABSENT);
    assertThat(source.poll()).isEqualTo(new Same());
  }

  @Test
  void aWatchThatIsRefusedTakesNothingBack() {
    see(CONFIG_MAP, text("control-plane", 250));
    source.poll();
    see(CONFIG_MAP, new Sighting.Unknown("403"));
    see(CONFIG_MAP, text("control-plane", 250));
    assertThat(source.poll()).isEqualTo(new Same());
  }

  private void see(DocumentKind kind, Sighting sighting) {
    source.sighted(kind, sighting);
  }

  private static Sighting text(String name, int priority) {
    return new Sighting.Text(Documents.text(name, priority));
  }

  private static List<String> lines(DocumentSource.Poll poll) {
    return poll instanceof Bad(List<String> lines) ? lines : List.of("not refused: " + poll);
  }
}
