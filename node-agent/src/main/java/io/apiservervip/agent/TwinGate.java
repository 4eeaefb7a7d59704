package io.apiservervip.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one agent of an ApiServerVip through on a host, and everybody where the state directory
 * cannot be written: an agent without lock is better than none.
 */
final class TwinGate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TwinGate.class);

  private final @Nullable TwinLock lock;

  private TwinGate(@Nullable TwinLock lock) {
    this.lock = lock;
  }

  static TwinGate open(Path stateDir, String vip) {
    try {
      Files.createDirectories(stateDir);
      return new TwinGate(TwinLock.open(stateDir.resolve(vip + ".lock")));
    } catch (IOException e) {
      LOG.warn(
          "state directory {} cannot be written ({}): running without lock, socket and copy",
          stateDir,
          e.toString());
      return new TwinGate(null);
    }
  }

  /** Whether the state directory can be used. */
  boolean usable() {
    return lock != null;
  }

  /** Whether this agent may run now; never waits. */
  boolean pass() {
    if (lock == null) {
      return true;
    }
    try {
      return lock.tryTake();
    } catch (IOException e) {
      LOG.warn("the lock cannot be taken ({}): running without it", e.toString());
      return true;
    }
  }

  @Override
  public void close() {
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("the lock cannot be released: {}", e.toString());
    }
  }
}
