package io.apiservervip.e2e.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A container in the foreground of a {@code ctr run}, which hands signals on to its program. */
final class Container {
  private static final long PATIENCE_MILLIS = 20_000;

  private final Process ctr;
  private final Path log;
  private final Path pidFile;

  Container(Process ctr, Path log, Path pidFile) {
    this.ctr = ctr;
    this.log = log;
    this.pidFile = pidFile;
  }

  boolean alive() {
    return ctr.isAlive();
  }

  /** What its program wrote so far, to both streams. */
  String said() throws IOException {
    return Files.readString(log);
  }

  /** Number of its program's process on the machine; waits until it has one. */
  long pid() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!Files.exists(pidFile) || Files.size(pidFile) == 0) {
      if (!ctr.isAlive() || System.nanoTime() > end) {
        throw new IOException("the container does not start: " + said());
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return Long.parseLong(Files.readString(pidFile).strip());
  }

  /** A field of the kernel's {@code /proc/PID/status}. */
  String kernelSays(String field) throws IOException, InterruptedException {
    return Files.readString(Path.of("/proc/" + pid() + "/status"))
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip().replace('\t', ' '))
        .findFirst()
        .orElseThrow(() -> new IOException("no field " + field));
  }

  void terminate() {
    ctr.destroy();
  }

  int awaitExit(long patienceSeconds) throws IOException, InterruptedException {
    if (!ctr.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
      throw new IOException("still runs after " + patienceSeconds + " s: " + said());
    }
    return ctr.exitValue();
  }

  /** Ends the program at once, and with it the container. */
  void kill() {
    try {
      if (ctr.isAlive() && Files.exists(pidFile)) {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        ctr.waitFor(5, TimeUnit.SECONDS);
      }
      ctr.destroyForcibly();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    try {
      return said();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
