package io.apiservervip.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock in the state directory that lets only one agent of an ApiServerVip run on a host, be it
 * a static pod beside a DaemonSet's pod. The kernel frees it when its holder dies.
 */
final class TwinLock implements AutoCloseable {
  private final FileChannel channel;
  private @Nullable FileLock lock;

  private TwinLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens the lock file, without taking it.
   *
   * @throws IOException where the state directory cannot be written
   */
  static TwinLock open(Path file) throws IOException {
    return new TwinLock(
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Takes the lock if it is free; never waits. */
  boolean tryTake() throws IOException {
    if (lock != null) {
      return true;
    }
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return false;
    }
    return lock != null;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
