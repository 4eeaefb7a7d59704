package io.apiservervip.e2e.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One program of a cluster; it ends with this process at the latest. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int SHOWN = 3_000;

  private final Process process;
  private final Path log;
  private final Thread hook;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.hook = new Thread(process::destroyForcibly, "end of " + log.getFileName());
  }

  /** Something that is true once a server is up. */
  interface Sign {
    boolean seen() throws IOException, InterruptedException;
  }

  static ServerProcess start(List<String> command, Path directory, String name) throws IOException {
    Path log = directory.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(directory.toFile())
            .start();
    ServerProcess started = new ServerProcess(process, log);
    Runtime.getRuntime().addShutdownHook(started.hook);
    return started;
  }

  /** A port of the loopback that nobody has at this moment. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns once the sign is seen; a refused connection counts as not yet. */
  void await(Sign sign, Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      if (process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        break;
      }
      if (seen(sign)) {
        return;
      }
    }
    throw new IOException(process + " is not up: " + said());
  }

  /** The end of what it printed. */
  String said() throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - SHOWN));
  }

  long pid() {
    return process.pid();
  }

  private static boolean seen(Sign sign) throws InterruptedException {
    try {
      return sign.seen();
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGKILL; returns when it is gone, so that its files can be removed. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
