package io.apiservervip.e2e.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended.
 *
 * @param said both streams
 */
record Outcome(int status, String said) {
  private static final int PATIENCE_SECONDS = 100;

  boolean good() {
    return status == 0;
  }

  /** Runs the program to its end, which must come. */
  static Outcome of(List<String> program, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("documents", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(program)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String text = Files.readString(said);
    Files.delete(said);
    return ended
        ? new Outcome(process.exitValue(), text)
        : new Outcome(-1, text + "it did not end within " + PATIENCE_SECONDS + " s");
  }
}
