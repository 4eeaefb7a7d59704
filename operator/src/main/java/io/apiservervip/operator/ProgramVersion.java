package io.apiservervip.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The program's version, written into a resource by the build. */
final class ProgramVersion implements IVersionProvider {
  /** Read once: the archive may be replaced under a program that runs. */
  private static final String TEXT = read();

  @Override
  public String[] getVersion() {
    return new String[] {"operator " + text()};
  }

  static String text() {
    return TEXT;
  }

  private static String read() {
    try (InputStream in = ProgramVersion.class.getResourceAsStream("version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
