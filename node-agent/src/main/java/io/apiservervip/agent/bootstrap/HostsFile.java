package io.apiservervip.agent.bootstrap;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hosts file on disk. It is replaced in one step by a new file with the mode, owner and extended
 * attributes of the old one, behind a symbolic link if it is one. Where it cannot be replaced, such
 * as a file that is mounted into a container, it is written in place.
 */
final class HostsFile {
  private static final int MAX_BYTES = 4 << 20;

  /**
   * What strerror(3) says where a file system forbids a new file, a mount point a new name, or the
   * kernel another owner.
   */
  private static final List<String> IN_PLACE =
      List.of("Read-only file system", "Device or resource busy", "Operation not permitted");

  private final Path named;

  HostsFile(Path named) {
    this.named = named;
  }

  /** The text, a character a byte. */
  String read() throws IOException {
    try {
      if (Files.size(named) > MAX_BYTES) {
        throw new IOException(named + " is larger than 4 MiB");
      }
      return new String(Files.readAllBytes(named), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException(named + " does not exist; create it, or set --hosts-file", e);
    } catch (FileSystemException e) {
      throw fault("read", e);
    }
  }

  /** Replaces the text. */
  void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      Path file = named.toRealPath();
      if (!replace(file, bytes)) {
        overwrite(file, bytes);
      }
    } catch (FileSystemException e) {
      throw fault("written", e);
    }
  }

  /** False where this file cannot be replaced; then it is as it was. */
  private static boolean replace(Path file, byte[] bytes) throws IOException {
    Path next = file.resolveSibling("." + file.getFileName() + ".apiserver-vip");
    try {
      Files.copy(file, next, COPY_ATTRIBUTES, REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        fill(channel, bytes);
      }
      Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
      return true;
    } catch (AccessDeniedException | AtomicMoveNotSupportedException e) {
      return false;
    } catch (FileSystemException e) {
      if (IN_PLACE.contains(Objects.requireNonNullElse(e.getReason(), ""))) {
        return false;
      }
      throw e;
    } finally {
      forget(next);
    }
  }

  private static void forget(Path next) {
    try {
      Files.deleteIfExists(next);
    } catch (IOException e) {
      // nothing could be made there; what was written, or could not be, is told by the caller
    }
  }

  private static void overwrite(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      fill(channel, bytes);
    }
  }

  private static void fill(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.truncate(bytes.length);
    channel.force(true);
  }

  private IOException fault(String done, FileSystemException e) {
    String why = e instanceof AccessDeniedException ? "permission denied" : reason(e.getReason());
    return new IOException(named + " cannot be " + done + ": " + why, e);
  }

  private static String reason(@Nullable String said) {
    return said == null ? "the file system refuses" : said;
  }

  @Override
  public String toString() {
    return named.toString();
  }
}
