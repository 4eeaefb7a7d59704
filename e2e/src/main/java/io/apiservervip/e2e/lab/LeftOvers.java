package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a lab leaves behind when its program was killed. A namespace's name holds the number of the
 * process that made it ({@code lb} + number in base 36 + a letter), so nobody else's is touched.
 */
final class LeftOvers {
  private static final Pattern NAME = Pattern.compile("lb([0-9a-z]+)[A-Z]-(?:n\\d+|cl|sw)");

  private static final Pattern DIRECTORY = Pattern.compile("apiserver-vip-lb([0-9a-z]+)[A-Z]-.*");
  private static final Path DIRECTORIES = Path.of(System.getProperty("java.io.tmpdir"));

  private LeftOvers() {}

  /** A step of cleaning up; the next one follows whether it worked or not. */
  interface Step {
    void run() throws IOException, InterruptedException;
  }

  static String prefix(long pid, int count) {
    return "lb" + Long.toString(pid, 36) + (char) ('A' + count % 26);
  }

  /** A new directory, whose name holds the number of the process likewise. */
  static Path directory(String prefix) throws IOException {
    return Files.createTempDirectory("apiserver-vip-" + prefix + "-");
  }

  /** Removes namespaces and directories of labs whose process has gone. */
  static void remove() throws IOException {
    for (String line : Shell.run(List.of("ip", "netns", "list")).lines().toList()) {
      Matcher name = NAME.matcher(line.replaceFirst(" .*", ""));
      if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1), 36)).isEmpty()) {
        remove(name.group());
      }
    }
    try (Stream<Path> files = Files.list(DIRECTORIES)) {
      for (Path file : files.toList()) {
        Matcher name = DIRECTORY.matcher(file.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1), 36)).isEmpty()) {
          attempt(() -> delete(file));
        }
      }
    }
  }

  /** Deletes a directory with all that is in it. */
  static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  /** Ends the processes inside a namespace, by number, and removes it. */
  static void remove(String namespace) throws IOException {
    Shell.Result pids = Shell.attempt(List.of("ip", "netns", "pids", namespace), "");
    for (String pid : pids.output().lines().toList()) {
      attempt(() -> LibC.kill(Long.parseLong(pid), LibC.SIGKILL));
    }
    if (pids.status() == 0) {
      Shell.attempt(List.of("ip", "netns", "del", namespace), "");
    }
  }

  static void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      System.err.println("lab: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
