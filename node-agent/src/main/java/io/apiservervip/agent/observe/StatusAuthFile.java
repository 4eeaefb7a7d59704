package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.MonotonicClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users of the status port from a file of {@code user:password} lines, which is looked at again at
 * most once a second. A bad file changes nothing: the users before stay in force; where there were
 * none, nobody is let in. Any thread.
 */
public final class StatusAuthFile implements StatusAuth {
  private static final Logger LOG = LoggerFactory.getLogger(StatusAuthFile.class);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_BYTES = 16 * 1024;

  private final Path file;
  private final MonotonicClock clock;
  private boolean looked;
  private long lastLookNanos;
  private @Nullable Stamp stamp;
  private @Nullable Passwords inForce;
  private @Nullable String fault;
  private @Nullable String exposure;

  /** What tells one content of the file from another; a Secret's mount swaps the file key. */
  private record Stamp(long modifiedMillis, long size, @Nullable Object key) {}

  /** Nothing is read yet. */
  public StatusAuthFile(Path file, MonotonicClock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public synchronized Verdict judge(@Nullable String authorization) {
    look();
    Passwords passwords = inForce;
    if (passwords == null) {
      return new Unavailable();
    }
    return passwords.know(authorization) ? new Admitted() : new Refused();
  }

  @Override
  public synchronized @Nullable String warning() {
    look();
    return fault != null ? fault : exposure;
  }

  private void look() {
    long now = clock.nanoTime();
    if (looked && now - lastLookNanos < LOOK_NANOS) {
      return;
    }
    looked = true;
    lastLookNanos = now;
    try {
      read();
    } catch (IOException e) {
      stamp = null;
      refuse("cannot be read: " + e.getClass().getSimpleName());
    } catch (IllegalArgumentException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  private void read() throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    exposure =
        attributes.permissions().contains(PosixFilePermission.OTHERS_READ)
            ? file + " can be read by every user of this node: chmod o-r"
            : null;
    Stamp next =
        new Stamp(
            attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
    if (next.equals(stamp)) {
      return;
    }
    stamp = next;
    inForce = Passwords.parse(text());
    fault = null;
    LOG.atInfo().addKeyValue("file", file).log("users of the status port are in force");
    if (exposure != null) {
      LOG.warn(exposure);
    }
  }

  private String text() throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("is longer than " + MAX_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not UTF-8", e);
    }
  }

  private void refuse(String why) {
    String line =
        "status auth file "
            + file
            + ": "
            + why
            + (inForce == null ? "; nobody is let in" : "; the users before stay in force");
    if (!line.equals(fault)) {
      LOG.error(line);
    }
    fault = line;
  }
}
