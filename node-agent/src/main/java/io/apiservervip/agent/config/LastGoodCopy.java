package io.apiservervip.agent.config;

import io.apiservervip.agentapi.AgentConfig;
import io.apiservervip.agentapi.AgentConfigCodec;
import io.apiservervip.agentapi.Problem;
import io.apiservervip.agentapi.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The last document that was in force, in the state directory as {@code NAME.config.yaml}. The file
 * has mode 0600, for it may hold a password, and is replaced by a rename: whoever reads it sees the
 * old document or the new one, after a power cut too.
 */
public final class LastGoodCopy {

  /** What came of writing or removing the copy. */
  public sealed interface Outcome {}

  /** Done, and on the disk. */
  public record Done() implements Outcome {}

  /** Not done: the agent runs on, without a copy. */
  public record Failed(Path path, String reason) implements Outcome {
    /** One line for the log. */
    public String line() {
      return path + ": " + reason;
    }
  }

  /** What the state directory holds. */
  public sealed interface Stored {}

  /** A document. */
  public record Found(AgentConfig config) implements Stored {}

  /** No copy. */
  public record Absent() implements Stored {}

  /** A copy that cannot be used. */
  public record Unusable(List<Problem> problems) implements Stored {
    public Unusable {
      problems = List.copyOf(problems);
    }
  }

  private final Path directory;
  private final Path file;

  /**
   * @param name name of the resource, a DNS label
   */
  public LastGoodCopy(Path directory, String name) {
    this.directory = directory;
    this.file = directory.resolve(name + ".config.yaml");
  }

  public Outcome write(AgentConfig config) {
    Path next = directory.resolve(file.getFileName() + ".new");
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(next);
      writeSynced(next, AgentConfigCodec.write(config));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(directory);
      return new Done();
    } catch (IOException e) {
      return new Failed(file, "the copy cannot be written: " + reason(e));
    }
  }

  /** Whether there is a copy, readable or not. */
  public boolean present() {
    return Files.exists(file);
  }

  public Stored read() {
    return switch (FileContent.read(file)) {
      case FileContent.Text(String text) -> stored(AgentConfigCodec.read(text));
      case FileContent.Unreadable(String reason) ->
          Files.exists(file)
              ? new Unusable(List.of(new Problem(file.toString(), null, reason)))
              : new Absent();
    };
  }

  /** Removes the copy, if there is one. */
  public Outcome remove() {
    try {
      Files.deleteIfExists(file);
      return new Done();
    } catch (IOException e) {
      return new Failed(file, "the copy cannot be removed: " + reason(e));
    }
  }

  private static Stored stored(Reading<AgentConfig> reading) {
    return switch (reading) {
      case Reading.Accepted<AgentConfig>(AgentConfig config, List<String> notes) ->
          new Found(config);
      case Reading.Refused<AgentConfig>(List<Problem> problems) -> new Unusable(problems);
    };
  }

  private static void writeSynced(Path path, String text) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        FileChannel.open(
            path,
            options,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
