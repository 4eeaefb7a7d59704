package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.observe.AgentView;
import io.apiservervip.agent.observe.ClusterMeters;
import io.apiservervip.agent.router.Role;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusPublisherTest {
  private record Write(String method, String uri, String contentType, String body) {}

  private final BlockingQueue<Write> writes = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LocalApiServer server = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);
  private volatile AgentView view = Views.of(Role.BACKUP);
  private volatile int status = 200;

  @TempDir private Path account;
  private ApiLink link;
  private StatusPublisher publisher;

  @BeforeEach
  void begin() throws IOException {
    Files.writeString(account.resolve("token"), "token");
    Files.copy(LocalApiServer.authority(LocalApiServer.VALID), account.resolve("ca.crt"));
    server.respond(this::answer);
    link =
        new ApiLink(
            new ServiceAccount(account, List.of(server.address())),
            new ApiServers(List.of(server.address()), List.of()),
            "test");
    publisher =
        new StatusPublisher(
            "control-plane",
            "cp-1",
            link,
            () -> view,
            ClusterMeters.register(registry, () -> link.trouble() == null));
    link.start();
    publisher.start();
  }

  @AfterEach
  void end() {
    link.close();
    server.close();
  }

  @Test
  void theEntryIsAppliedForcedUnderTheNodesOwnName() throws InterruptedException {
    Write first = next();
    assertThat(first.method()).isEqualTo("PATCH");
    assertThat(first.uri())
        .isEqualTo(
            "/apis/apiservervip.io/v1alpha1/apiservervips/control-plane/status"
                + "?force=true&fieldManager=apiserver-vip-agent-cp-1");
    assertThat(first.contentType()).isEqualTo("application/apply-patch+yaml");
    assertThat(first.body())
        .startsWith(
            "{\"apiVersion\":\"apiservervip.io/v1alpha1\",\"kind\":\"ApiServerVip\","
                + "\"metadata\":{\"name\":\"control-plane\"},"
                + "\"status\":{\"nodes\":[{\"name\":\"cp-1\",\"role\":\"Backup\"");
    publisher.close();
  }

  @Test
  void aChangeOfRoleIsWrittenAndTheEndToo() throws InterruptedException {
    next();
    view = Views.of(Role.ACTIVE);
    assertThat(next().body()).contains("\"role\":\"Active\"");
    view = Views.of(Role.INITIALIZE);
    publisher.close();
    assertThat(next().body()).contains("\"role\":\"Initialize\"");
  }

  @Test
  void aRefusedEntryIsTriedAgainAndCounted() throws InterruptedException {
    status = 403;
    Write first = next();
    assertThat(next().body()).isEqualTo(first.body());
    assertThat(
            registry.get("apiservervip.status.writes").tag("result", "refused").counter().count())
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void aServerThatTheChecksFoundDownIsLeftOnce() throws InterruptedException {
    next();
    ApiSession before = link.connection().session();
    BackendAddress own =
        new BackendAddress(InetAddress.ofLiteral("127.0.0.1"), server.address().port());
    BackendHealth down =
        new BackendHealth(own, BackendState.DOWN, 0, Instant.EPOCH, "no answer", -1, false, null);
    view = Views.of(Views.router(Role.BACKUP, null), Views.proxy(List.of(down)), null);

    assertThat(next().body()).contains("\"state\":\"Down\"");
    ApiSession after = link.connection().session();
    assertThat(after).isNotNull().isNotSameAs(before);
    view = Views.of(Role.ACTIVE);
    assertThat(next().body()).contains("\"role\":\"Active\"");
    assertThat(link.connection().session()).isSameAs(after);
  }

  private Write next() throws InterruptedException {
    Write write = writes.poll(30, TimeUnit.SECONDS);
    return write == null ? new Write("none", "", "", "") : write;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    writes.add(
        new Write(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
            body));
    LocalApiServer.send(exchange, status, "{\"message\":\"as the test says\"}");
  }
}
