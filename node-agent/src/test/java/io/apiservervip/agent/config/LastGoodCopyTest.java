package io.apiservervip.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agentapi.AgentConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy on disk. */
class LastGoodCopyTest {
  private static final AgentConfig CONFIG = Documents.config(Documents.MANIFEST);

  @TempDir Path directory;

  @Test
  void copyIsReadBackEqualAndIsForTheOwnerAlone() throws IOException {
    LastGoodCopy copy = new LastGoodCopy(directory.resolve("state"), "control-plane");
    assertThat(copy.read()).isEqualTo(new LastGoodCopy.Absent());
    assertThat(copy.write(CONFIG)).isEqualTo(new LastGoodCopy.Done());
    assertThat(copy.read()).isEqualTo(new LastGoodCopy.Found(CONFIG));
    Path file = directory.resolve("state/control-plane.config.yaml");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void newCopyReplacesTheOldOneAndALeftOver() throws IOException {
    LastGoodCopy copy = new LastGoodCopy(directory, "control-plane");
    copy.write(CONFIG);
    Files.writeString(directory.resolve("control-plane.config.yaml.new"), "half");
    AgentConfig other = Documents.config(Documents.with("9870", "9871"));
    assertThat(copy.write(other)).isEqualTo(new LastGoodCopy.Done());
    assertThat(copy.read()).isEqualTo(new LastGoodCopy.Found(other));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("control-plane.config.yaml"));
    }
  }

  @Test
  void directoryThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    LastGoodCopy copy = new LastGoodCopy(file, "control-plane");
    assertThat(copy.write(CONFIG))
        .isInstanceOfSatisfying(
            LastGoodCopy.Failed.class,
            failed ->
                assertThat(failed.line())
                    .startsWith(file + "/control-plane.config.yaml: the copy cannot be written: "));
  }

  @Test
  void damagedCopyIsUnusable() throws IOException {
    Files.writeString(directory.resolve("control-plane.config.yaml"), "name: 'half");
    assertThat(new LastGoodCopy(directory, "control-plane").read())
        .isInstanceOf(LastGoodCopy.Unusable.class);
  }

  @Test
  void removedCopyIsAbsent() {
    LastGoodCopy copy = new LastGoodCopy(directory, "control-plane");
    copy.write(CONFIG);
    assertThat(copy.remove()).isEqualTo(new LastGoodCopy.Done());
    assertThat(copy.read()).isEqualTo(new LastGoodCopy.Absent());
    assertThat(copy.remove()).isEqualTo(new LastGoodCopy.Done());
  }
}
