package io.apiservervip.agent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
  @TempDir private Path dir;

  @Test
  void replacementHasTheModeOfTheOldOneAndLeavesNothingBeside() throws IOException {
    Path file = Files.writeString(dir.resolve("hosts"), "a\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r-x"));
    Object before = Files.getAttribute(file, "unix:ino");
    new HostsFile(file).write("longer than before\n");
    assertThat(file).hasContent("longer than before\n");
    assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r-x");
    assertThat(names()).containsExactly("hosts");
  }

  @Test
  void fileBehindALinkIsWrittenAndTheLinkStays() throws IOException {
    Path real = Files.createDirectory(dir.resolve("below")).resolve("real");
    Files.writeString(real, "a\n");
    Path link = Files.createSymbolicLink(dir.resolve("hosts"), Path.of("below/real"));
    new HostsFile(link).write("b\n");
    assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("below/real"));
    assertThat(real).hasContent("b\n");
  }

  @Test
  void everyByteIsReadAndWrittenAsItIs() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Path file = Files.write(dir.resolve("hosts"), all);
    HostsFile hosts = new HostsFile(file);
    hosts.write(hosts.read() + "x");
    assertThat(Files.readAllBytes(file)).startsWith(all).hasSize(257);
  }

  @Test
  void leftOverOfARunThatWasKilledIsNoHindrance() throws IOException {
    Path file = Files.writeString(dir.resolve("hosts"), "a\n");
    Files.writeString(dir.resolve(".hosts.apiserver-vip"), "half a line");
    new HostsFile(file).write("b\n");
    assertThat(file).hasContent("b\n");
    assertThat(names()).containsExactly("hosts");
  }

  @Test
  void fileThatIsNotThereIsOneLine() {
    HostsFile hosts = new HostsFile(dir.resolve("hosts"));
    assertThatThrownBy(hosts::read)
        .isInstanceOf(IOException.class)
        .hasMessage(dir.resolve("hosts") + " does not exist; create it, or set --hosts-file");
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
