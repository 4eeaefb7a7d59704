package io.apiservervip.e2e.proxybench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files a process may open here, the hard limit: two for each connection of a proxy. */
final class OpenFiles {
  private static final int OTHERS = 400;
  private static final int MOST = 1_000_000;

  private OpenFiles() {}

  /** Connections that a proxy can carry at once. */
  static int connections() throws IOException {
    String text = Files.readString(Path.of("/proc/self/limits"));
    return connections(text);
  }

  /** The same from the text of {@code /proc/self/limits}: proc_pid_limits(5). */
  static int connections(String limits) {
    String hard =
        limits
            .lines()
            .filter(line -> line.startsWith("Max open files"))
            .map(line -> line.strip().split("\\s+", -1)[4])
            .findFirst()
            .orElse("unlimited");
    int files = hard.equals("unlimited") ? MOST : (int) Math.min(MOST, Long.parseLong(hard));
    return (files - OTHERS) / 2;
  }
}
