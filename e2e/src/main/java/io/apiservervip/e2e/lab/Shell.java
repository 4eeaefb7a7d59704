package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Short commands of the host system, run to their end. */
final class Shell {
  private Shell() {}

  /** Output of the command; an {@link IOException} with its complaint when it fails. */
  static String run(List<String> command) throws IOException {
    return run(command, "");
  }

  static String run(List<String> command, String input) throws IOException {
    Result result = attempt(command, input);
    if (result.status() != 0) {
      throw new IOException(String.join(" ", command) + ": " + result.errors().strip());
    }
    return result.output();
  }

  static Result attempt(List<String> command, String input) throws IOException {
    Path errors = Files.createTempFile("lab", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(waitFor(process), output, Files.readString(errors));
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  private static int waitFor(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  record Result(int status, String output, String errors) {}
}
