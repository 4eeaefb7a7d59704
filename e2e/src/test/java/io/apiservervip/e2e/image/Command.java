package io.apiservervip.e2e.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the machine that runs to its end, within limits; its output goes to a file. */
final class Command {
  private Command() {}

  /** What it wrote, to both streams; an {@link IOException} with it unless the status was 0. */
  static String run(Path log, long patienceSeconds, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(patienceSeconds, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    if (!ended || process.exitValue() != 0) {
      String end = ended ? "status " + process.exitValue() : patienceSeconds + " s were not enough";
      throw new IOException(String.join(" ", command) + ": " + end + "\n" + said);
    }
    return said;
  }
}
