package io.apiservervip.e2e.proxybench;

import io.apiservervip.e2e.lab.Capability;
import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.load.Figures;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lab as this bench uses it: a host for the proxy, three with backends, and the client that
 * loads.
 *
 * @param classPath of the load tool, absolute
 */
record Stand(Lab lab, String classPath) implements AutoCloseable {
  /** Where the backends of the load tool listen, and the proxy for them. */
  static final int BACKEND_PORT = 7000;

  static final int PROXY_PORT = 17_000;

  /** The same for TLS. */
  static final int TLS_PORT = 6443;

  static final int TLS_PROXY_PORT = 16_443;

  private static final int HOSTS = 4;
  private static final int PATIENCE_MILLIS = 500;
  private static final int ATTEMPTS = 40;

  static Stand open(Path root) throws IOException {
    String classPath =
        root.resolve("e2e/target/classes") + ":" + root.resolve("e2e/target/dist/lib") + "/*";
    Stand stand = new Stand(Lab.open(HOSTS), classPath);
    for (Host host : Stream.concat(stand.lab.hosts().stream(), stand.client()).toList()) {
      stand.lab.run(
          host,
          "sysctl",
          "-q",
          "-w",
          "net.ipv4.tcp_tw_reuse=1",
          "net.ipv4.ip_local_port_range=20000 65535");
    }
    for (Host host : stand.backends()) {
      List<String> serve = stand.tool("serve", "--port", String.valueOf(BACKEND_PORT));
      stand.lab.start(host, "load-" + host.node(), serve, Capability.ROOT);
    }
    stand.awaitAnswers(new InetSocketAddress(stand.backends().getLast().ipv4(), BACKEND_PORT));
    return stand;
  }

  @Override
  public void close() {
    lab.close();
  }

  Host proxy() {
    return lab.hosts().getFirst();
  }

  List<Host> backends() {
    return lab.hosts().subList(1, HOSTS);
  }

  /** Runs one kind of load from the client's host, and watches the process where there is one. */
  Figures load(InetSocketAddress to, Optional<Long> pid, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("timeout", "180"));
    command.addAll(tool(arguments.toArray(String[]::new)));
    command.addAll(List.of("--to", to.getHostString() + ":" + to.getPort()));
    pid.ifPresent(value -> command.addAll(List.of("--pid", String.valueOf(value))));
    return Figures.parse(lab.run(lab.client(), command.toArray(String[]::new)));
  }

  /** Returns when a small request from the client's host is answered. */
  void awaitAnswers(InetSocketAddress to) throws IOException {
    for (int i = 1; ; i++) {
      try {
        lab.client().namespace().call(() -> answered(to));
        return;
      } catch (IOException e) {
        if (i == ATTEMPTS) {
          throw new IOException(to + " does not answer:\n" + lab.logs(), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  private static boolean answered(InetSocketAddress to) throws IOException, InterruptedException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(to, PATIENCE_MILLIS);
      socket.getOutputStream().write('E');
      if (socket.getInputStream().read() != 'E') {
        throw new IOException("closed without an answer");
      }
      return true;
    } catch (IOException e) {
      Thread.sleep(PATIENCE_MILLIS / 2);
      throw e;
    }
  }

  private Stream<Host> client() {
    return Stream.of(lab.client());
  }

  private List<String> tool(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx64m",
                "-cp",
                classPath,
                "io.apiservervip.e2e.load.LoadTool"));
    command.addAll(List.of(arguments));
    return command;
  }
}
