package io.apiservervip.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.config.FileConfigSource.Changed;
import io.apiservervip.agent.config.FileConfigSource.Poll;
import io.apiservervip.agent.config.FileConfigSource.Unchanged;
import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a manifest file, in all the ways in which programs change files. */
class FileConfigSourceTest {
  private static final String OTHER = Documents.with("9870", "9871");

  @TempDir Path directory;
  private Path file;
  private FileConfigSource source;

  @BeforeEach
  void writeManifest() throws IOException {
    file = directory.resolve("vip.yaml");
    Files.writeString(file, Documents.MANIFEST);
    source = new FileConfigSource(file);
  }

  @Test
  void firstPollReadsAndLaterOnesFindNoChange() {
    assertThat(statusPort(source.poll())).isEqualTo(9870);
    for (int i = 0; i < 5; i++) {
      assertThat(source.poll()).isEqualTo(new Unchanged());
    }
  }

  @Test
  void writeInPlaceIsSeen() throws IOException {
    source.poll();
    Files.writeString(file, OTHER);
    assertThat(statusPort(source.poll())).isEqualTo(9871);
    assertThat(source.poll()).isEqualTo(new Unchanged());
  }

  @Test
  void writeOfTheSameSizeAndTimeIsSeen() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    source.poll();
    Files.writeString(file, OTHER);
    Files.setLastModifiedTime(file, time);
    assertThat(statusPort(source.poll())).isEqualTo(9871);
  }

  @Test
  void touchedFileWithTheSameTextIsNoChange() throws IOException {
    source.poll();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(source.poll()).isEqualTo(new Unchanged());
  }

  @Test
  void editorThatRenamesIsSeen() throws IOException {
    source.poll();
    Path edited = directory.resolve("vip.yaml.tmp");
    Files.writeString(edited, OTHER);
    Files.move(edited, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(statusPort(source.poll())).isEqualTo(9871);
  }

  @Test
  void swappedLinkOfAConfigMapIsSeen() throws IOException {
    Path old = Files.createDirectory(directory.resolve("..2026_1"));
    Path next = Files.createDirectory(directory.resolve("..2026_2"));
    Files.writeString(old.resolve("vip.yaml"), Documents.MANIFEST);
    Files.writeString(next.resolve("vip.yaml"), OTHER);
    Path data = Files.createSymbolicLink(directory.resolve("..data"), old.getFileName());
    Path link = directory.resolve("linked.yaml");
    Files.createSymbolicLink(link, Path.of("..data", "vip.yaml"));
    FileConfigSource linked = new FileConfigSource(link);
    assertThat(statusPort(linked.poll())).isEqualTo(9870);
    Path swapped = Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
    Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);
    assertThat(statusPort(linked.poll())).isEqualTo(9871);
    assertThat(linked.poll()).isEqualTo(new Unchanged());
  }

  @Test
  void fileThatIsGoneForAMomentIsNoChangeAndThatStaysAwayIsOne() throws IOException {
    source.poll();
    Files.delete(file);
    assertThat(source.poll()).isEqualTo(new Unchanged());
    assertThat(line(source.poll())).isEqualTo(file + ": no such file");
    assertThat(source.poll()).isEqualTo(new Unchanged());
    Files.writeString(file, Documents.MANIFEST);
    assertThat(statusPort(source.poll())).isEqualTo(9870);
  }

  @Test
  void badManifestIsRefusedWithItsLine() throws IOException {
    source.poll();
    Files.writeString(file, Documents.with("9870", "0"));
    assertThat(line(source.poll())).isEqualTo("spec.agent.statusPort: 0 is not in 1..65535");
  }

  @Test
  void whatIsNoManifestFileIsRefusedWithOneLine() throws IOException {
    assertThat(line(new FileConfigSource(directory).poll()))
        .isEqualTo(directory + ": is not a regular file");
    Path absent = directory.resolve("absent.yaml");
    assertThat(line(new FileConfigSource(absent).poll())).isEqualTo(absent + ": no such file");
    Path large = directory.resolve("large.yaml");
    Files.write(large, new byte[(1 << 20) + 1]);
    assertThat(line(new FileConfigSource(large).poll()))
        .isEqualTo(large + ": is larger than 1 MiB");
    Path binary = directory.resolve("binary.yaml");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(line(new FileConfigSource(binary).poll())).isEqualTo(binary + ": is not UTF-8 text");
  }

  private static int statusPort(Poll poll) {
    if (poll instanceof Changed(Reading.Accepted<AgentConfig>(AgentConfig config, var notes))) {
      return config.agent().statusPort();
    }
    throw new AssertionError(poll.toString());
  }

  private static String line(Poll poll) {
    if (poll instanceof Changed(Reading.Refused<AgentConfig>(List<Problem> problems))) {
      assertThat(problems).hasSize(1);
      return problems.getFirst().line();
    }
    throw new AssertionError(poll.toString());
  }
}
