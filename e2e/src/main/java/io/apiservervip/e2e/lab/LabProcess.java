package io.apiservervip.e2e.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program that runs on a host, leader of a process group of its own; signals reach the group. */
public final class LabProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Process process;
  private final Path log;

  LabProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log;
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL to every process of the group; returns when the leader is gone. */
  public void kill() throws IOException, InterruptedException {
    if (signal(LibC.SIGKILL)) {
      process.waitFor();
    }
  }

  /** SIGTERM to the leader, which is what an init system does; does not wait. */
  public void terminate() throws IOException {
    if (process.isAlive()) {
      LibC.kill(process.pid(), LibC.SIGTERM);
    }
  }

  /** SIGHUP to the leader: read the configuration again. */
  public void hangUp() throws IOException {
    if (process.isAlive()) {
      LibC.kill(process.pid(), LibC.SIGHUP);
    }
  }

  /** Exit status after the process ended by itself. */
  public int awaitExit() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("process " + pid() + " still runs after " + PATIENCE + ", see " + log);
    }
    return process.exitValue();
  }

  public void freeze() throws IOException {
    signal(LibC.SIGSTOP);
  }

  public void resume() throws IOException {
    signal(LibC.SIGCONT);
  }

  private boolean signal(int number) throws IOException {
    if (!process.isAlive()) {
      return false;
    }
    LibC.kill(-process.pid(), number);
    return true;
  }
}
