package io.apiservervip.e2e.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A containerd with root, state and socket in a directory of its own and in a mount namespace of
 * its own, so that no mount outlives it. Close ends its containers and then itself, by number.
 */
final class Containerd implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path directory;
  private final List<Container> containers = new ArrayList<>();
  private final Thread hook = new Thread(this::end, "containerd-shutdown");

  private Containerd(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  static Containerd start(Path directory) throws IOException, InterruptedException {
    Path config = directory.resolve("containerd.toml");
    Files.writeString(
        config,
        """
        version = 2
        root = "%1$s/root"
        state = "%1$s/state"
        disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.snapshotter.v1.btrfs",
          "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
        [grpc]
          address = "%1$s/containerd.sock"
        """
            .formatted(directory));
    Process process =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--propagation",
                "slave",
                "containerd",
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("containerd.log").toFile())
            .start();
    process.getOutputStream().close();
    Containerd started = new Containerd(process, directory);
    Runtime.getRuntime().addShutdownHook(started.hook);
    started.awaitAnswer();
    return started;
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    for (int i = 0; i < 200 && process.isAlive(); i++) {
      if (Files.exists(directory.resolve("containerd.sock"))) {
        ctr("version");
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    end();
    throw new IOException(
        "containerd does not answer: " + Files.readString(directory.resolve("containerd.log")));
  }

  void load(Path archive) throws IOException, InterruptedException {
    ctr("images", "import", archive.toString());
  }

  /** Output of the container's program, which has to end with status 0. */
  String run(List<String> options, String image, String... command)
      throws IOException, InterruptedException {
    Container container = start(options, image, command);
    int status = container.awaitExit(PATIENCE_SECONDS);
    if (status != 0) {
      throw new IOException(String.join(" ", command) + ": status " + status + "\n" + container);
    }
    return container.said();
  }

  /** Starts a container; a signal to it reaches its program. */
  Container start(List<String> options, String image, String... command) throws IOException {
    String id = "c" + containers.size();
    List<String> all = new ArrayList<>(prefix());
    all.addAll(List.of("run", "--rm", "--fifo-dir", directory.resolve("fifo").toString()));
    all.addAll(List.of("--pid-file", directory.resolve(id + ".pid").toString()));
    all.addAll(options);
    all.add(image);
    all.add(id);
    all.addAll(List.of(command));
    Path log = directory.resolve(id + ".log");
    Process ctr =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ctr.getOutputStream().close();
    Container container = new Container(ctr, log, directory.resolve(id + ".pid"));
    containers.add(container);
    return container;
  }

  private List<String> prefix() {
    return List.of("ctr", "--address", directory.resolve("containerd.sock").toString());
  }

  private void ctr(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(prefix());
    all.addAll(List.of(command));
    Command.run(directory.resolve("ctr.log"), PATIENCE_SECONDS, all);
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private synchronized void end() {
    containers.forEach(Container::kill);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
