package io.apiservervip.agent;

import io.apiservervip.agent.config.DocumentSource;
import io.apiservervip.agent.config.FileDocumentSource;
import io.apiservervip.agent.kube.ApiCredentials;
import io.apiservervip.agent.kube.ApiServer;
import io.apiservervip.agent.observe.ControlClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A life of the agent in a second, without root and network: the build runs it once and keeps the
 * classes it loaded in a cache (JEP 483, JEP 514), which halves the start-up time of the real one.
 * The interface that its manifest names does not exist, so the virtual router stays in Fault.
 */
final class Rehearsal {
  private static final String NODE = "rehearsal";
  private static final String MANIFEST =
      """
      apiVersion: apiservervip.io/v1alpha1
      kind: ApiServerVip
      metadata:
        name: rehearsal
      spec:
        addresses: ["192.0.2.1"]
        interface: rehearsal
        members:
          - {node: rehearsal, addresses: [192.0.2.2], priority: 250}
          - {node: other, addresses: [192.0.2.3], priority: 237}
        loadBalancer:
          listeners:
            - {name: apiserver, port: 16443, backendPort: 6443}
          backends: {source: Members}
      """;
  private static final Pattern LOOP_CLASS =
      Pattern.compile(
          "io/apiservervip/agent/(linux|router|vrrp|kube(?!/(Library|Present|Kubeconfig)))/[^-]+[.]class");
  private static final int ATTEMPTS = 100;
  private static final int PAUSE_MILLIS = 50;

  /** Runs it and removes its traces. */
  void run() throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("node-agent");
    try {
      perform(dir, Files.writeString(dir.resolve("vip.yaml"), MANIFEST));
      loadTheRest();
    } finally {
      remove(dir);
    }
  }

  private static void perform(Path dir, Path manifest) throws IOException, InterruptedException {
    InetSocketAddress status = freePort();
    RunOptions options = new RunOptions(new RunOptions.FileMode(manifest), NODE, dir, status, null);
    DocumentSource source = new FileDocumentSource(manifest, dir);
    if (!(source.poll() instanceof DocumentSource.Good first)) {
      throw new IllegalStateException("the manifest of the rehearsal is refused");
    }
    ClusterAccess access =
        ClusterAccess.of(
            options, new RunOptions.ClusterMode(NODE, NODE), new OwnStatusPort(status));
    NodeAgent agent = new NodeAgent(options, AgentHost.linux(), source, first, access);
    Thread asking = Thread.ofPlatform().name("rehearsal").start(() -> ask(agent, status, dir));
    access.source().start(() -> {});
    agent.run();
    asking.join();
  }

  private static void ask(NodeAgent agent, InetSocketAddress status, Path dir) {
    try {
      await(status, "/status", "\"Fault\"");
      await(status, "/metrics", "apiservervip_api_connected 1");
      get(status, "/livez");
      get(status, "/");
      ControlClient.ask(new StateDir(dir).socket(NODE), "status");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      agent.stop();
    }
  }

  private static void await(InetSocketAddress status, String path, String text)
      throws IOException, InterruptedException {
    for (int i = 0; i < ATTEMPTS && !get(status, path).contains(text); i++) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  /** The agent's own status port in the place of an API server: it answers something. */
  private record OwnStatusPort(InetSocketAddress status) implements ApiCredentials {
    @Override
    public List<ApiServer> servers() {
      return List.of(new ApiServer(status.getAddress().getHostAddress(), status.getPort()));
    }

    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public SSLContext tls() throws IOException {
      throw new IOException("the rehearsal has no keys");
    }

    @Override
    public @Nullable String token() {
      return null;
    }
  }

  private static String get(InetSocketAddress address, String path) throws IOException {
    try (Socket client = new Socket(address.getAddress(), address.getPort())) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: rehearsal\r\nConnection: close\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (ConnectException e) {
      return "";
    }
  }

  private static InetSocketAddress freePort() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket any = new ServerSocket(0, 1, loopback)) {
      return new InetSocketAddress(loopback, any.getLocalPort());
    }
  }

  /** What a loop without an interface did not reach: raw sockets, the states after Fault. */
  private static void loadTheRest() throws IOException {
    String path = Rehearsal.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    if (!path.endsWith(".jar")) {
      return;
    }
    try (JarFile jar = new JarFile(path)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (LOOP_CLASS.matcher(name).matches()) {
          Class.forName(name.substring(0, name.lastIndexOf('.')).replace('/', '.'));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path dir) throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
