package io.apiservervip.agent;

import io.apiservervip.agent.observe.AgentControl.HandoverResult;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.observe.ConfigMeters;
import io.apiservervip.agent.observe.ControlClient;
import io.apiservervip.agent.observe.ControlSocket;
import io.apiservervip.agent.observe.CounterSnapshot;
import io.apiservervip.agent.observe.PeerMeters;
import io.apiservervip.agent.observe.RouterMeters;
import io.apiservervip.agent.observe.StatusDocument;
import io.apiservervip.agent.observe.StatusPages;
import io.apiservervip.agent.observe.StatusServer;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterStatus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * A start of the agent without root and network: the build runs it once and keeps the classes it
 * loaded in a cache (JEP 483, JEP 514), which halves the start-up time of the real one.
 */
final class Rehearsal {
  void run() {
    try {
      Path dir = Files.createTempDirectory("node-agent");
      try {
        show(dir.resolve("rehearsal.sock"));
      } finally {
        Files.deleteIfExists(dir);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void show(Path socket) throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    RouterStatus router = router();
    RouterMeters meters = RouterMeters.register(registry, () -> router, List.of("rehearsal"));
    PeerMeters.register(registry, () -> router).members(List.of("rehearsal"));
    ConfigMeters.register(registry).reloads().increment();
    meters.advertSent(false);
    meters.loopLate(1);
    Supplier<String> status =
        () -> StatusDocument.render(view(router), CounterSnapshot.of(registry));
    StatusPages pages =
        new StatusPages(System::nanoTime, System::nanoTime, List::of, registry::scrape, status);
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (StatusServer server = new StatusServer(List.of(loopback), pages);
        ControlSocket control =
            new ControlSocket(socket, () -> new HandoverResult(false, "rehearsal"), status)) {
      server.start();
      control.start();
      get(server.bound().getFirst(), "/status");
      get(server.bound().getFirst(), "/metrics");
      ControlClient.ask(socket, "status");
    }
  }

  private static void get(InetSocketAddress address, String path) throws IOException {
    try (Socket client = new Socket(address.getAddress(), address.getPort())) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: rehearsal\r\nConnection: close\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      client.getInputStream().readAllBytes();
    }
  }

  private static AgentView view(RouterStatus router) {
    return new AgentView(
        new AgentView.Identity("rehearsal", "rehearsal", ProgramVersion.text()),
        new AgentView.Group(1, 3, List.of()),
        new AgentView.Config(0, AgentView.Source.FILE, "rehearsal", null),
        router,
        Instant.EPOCH);
  }

  private static RouterStatus router() {
    return new RouterStatus(
        Role.INITIALIZE,
        Instant.EPOCH,
        "rehearsal",
        null,
        null,
        100,
        100,
        null,
        false,
        0,
        List.of(),
        List.of(),
        null,
        List.of());
  }
}
