package io.apiservervip.e2e.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the figures were measured on, in one line. */
public final class Machine {
  private final double loadBefore = load();

  /**
   * Asked at the end of the run.
   *
   * @param peer name and version of the program beside ours
   */
  public String describe(String peer) {
    return String.format(
        Locale.ROOT,
        "Measured on %d cores, Linux %s, JDK %s, %s; load average %.1f before the run, %.1f after.",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.version"),
        System.getProperty("java.version"),
        peer,
        loadBefore,
        load());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** First line of what a program says of itself, without what stands in brackets. */
  public static String version(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse(command[0]).replaceFirst(" \\(.*", "");
  }
}
