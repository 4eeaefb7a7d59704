package io.apiservervip.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On a pipe of this very process; the kernel is asked how large it is. */
class PipeCapacityTest {
  private static final int F_GETPIPE_SZ = 1032;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static List<Integer> pipes() throws Exception {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.filter(fd -> Files.exists(fd, LinkOption.NOFOLLOW_LINKS))
          .filter(PipeCapacityTest::isPipe)
          .map(fd -> Integer.valueOf(fd.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isPipe(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }

  private static int size(int descriptor) {
    return Kernel.load().libc().fcntl(descriptor, F_GETPIPE_SZ, 0);
  }

  @Test
  void pipeGrowsWhereTheKernelAllowsItAndStaysAsItIsElsewhere() throws Exception {
    List<Integer> before = pipes();
    Pipe pipe = Pipe.open();
    try {
      int descriptor =
          pipes().stream().filter(fd -> !before.contains(fd)).findFirst().orElseThrow();
      assertThat(size(descriptor)).isEqualTo(65_536);
      PipeCapacity.open().grow(descriptor, 262_144);
      assertThat(size(descriptor)).isEqualTo(262_144);
      PipeCapacity.open().grow(descriptor, -1);
      PipeCapacity.open().grow(1_000_000, 4_096);
      assertThat(size(descriptor)).isEqualTo(262_144);
    } finally {
      pipe.sink().close();
      pipe.source().close();
    }
  }
}
