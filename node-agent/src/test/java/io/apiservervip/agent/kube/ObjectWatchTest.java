package io.apiservervip.agent.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch of one object, against a server that says what a test wants. */
class ObjectWatchTest {
  private static final String LIST = "{\"metadata\":{\"resourceVersion\":\"42\"},\"items\":[%s]}\n";
  private static final String OBJECT = "{\"data\":{\"config.yaml\":\"%s\"}}";
  private static final String EVENT = "{\"type\":\"%s\",\"object\":%s}\n";

  private final BlockingQueue<Sighting> sightings = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> lists = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final LocalApiServer server = LocalApiServer.start("127.0.0.1", LocalApiServer.VALID);

  @TempDir private Path account;
  private ApiLink link;
  private Thread thread;

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
    link.start();
    thread =
        Thread.ofPlatform()
            .start(
                new ObjectWatch(
                    new ObjectWatch.Target(DocumentKind.CONFIG_MAP, new DocumentName("ns", "vip")),
                    link.gate(),
                    link.connection()::suspect,
                    sightings::add,
                    new SplittableRandom(1)));
  }

  @AfterEach
  void end() throws InterruptedException {
    ended.countDown();
    thread.interrupt();
    link.close();
    server.close();
    assertThat(thread.join(java.time.Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void theObjectIsListedAndThenWatchedFromThere() throws InterruptedException {
    lists.add(LIST.formatted(OBJECT.formatted("one")));
    assertThat(next()).isEqualTo(new Sighting.Text("one"));
    assertThat(asked.take())
        .isEqualTo(
            "/api/v1/namespaces/ns/configmaps?fieldSelector=metadata.name%3Dapiserver-vip-vip");
    assertThat(asked.take())
        .isEqualTo(
            "/api/v1/namespaces/ns/configmaps?fieldSelector=metadata.name%3Dapiserver-vip-vip"
                + "&watch=true&timeoutSeconds=290&resourceVersion=42");
    events.add(EVENT.formatted("MODIFIED", OBJECT.formatted("two")));
    assertThat(next()).isEqualTo(new Sighting.Text("two"));
    events.add(EVENT.formatted("BOOKMARK", "{}"));
    events.add(EVENT.formatted("DELETED", OBJECT.formatted("two")));
    assertThat(next()).isEqualTo(new Sighting.Absent());
    events.add(EVENT.formatted("ADDED", "{\"data\":{}}"));
    assertThat(next()).isEqualTo(new Sighting.Empty());
  }

  @Test
  void anObjectThatIsNotThereIsAbsent() throws InterruptedException {
    lists.add(LIST.formatted(""));
    assertThat(next()).isEqualTo(new Sighting.Absent());
  }

  @Test
  void afterAWatchThatExpiredTheObjectIsListedAgain() throws InterruptedException {
    lists.add(LIST.formatted(OBJECT.formatted("one")));
    assertThat(next()).isEqualTo(new Sighting.Text("one"));
    events.add(EVENT.formatted("ERROR", "{\"code\":410,\"message\":\"too old resource version\"}"));
    assertThat(next())
        .isEqualTo(
            new Sighting.Unknown(
                "ConfigMap ns/apiserver-vip-vip: the API server answers 410: too old resource"
                    + " version"));
    lists.add(LIST.formatted(OBJECT.formatted("two")));
    assertThat(next()).isEqualTo(new Sighting.Text("two"));
  }

  @Test
  void afterAWatchThatEndedTheObjectIsListedAgain() throws InterruptedException {
    lists.add(LIST.formatted(OBJECT.formatted("one")));
    assertThat(next()).isEqualTo(new Sighting.Text("one"));
    events.add("");
    lists.add(LIST.formatted(OBJECT.formatted("two")));
    assertThat(next()).isEqualTo(new Sighting.Text("two"));
  }

  @Test
  void whatTheServerRefusesIsSaid() throws InterruptedException {
    lists.add("{\"kind\":\"Status\",\"code\":403,\"message\":\"configmaps is forbidden\"}");
    assertThat(next())
        .isEqualTo(
            new Sighting.Unknown(
                "ConfigMap ns/apiserver-vip-vip: the API server answers 403: configmaps is"
                    + " forbidden"));
  }

  private Sighting next() throws InterruptedException {
    Sighting sighting = sightings.poll(30, TimeUnit.SECONDS);
    return sighting == null ? new Sighting.Unknown("nothing was seen") : sighting;
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    try {
      if (exchange.getRequestURI().getQuery().contains("watch=true")) {
        stream(exchange);
      } else {
        String list = lists.take();
        LocalApiServer.send(exchange, list.contains("\"code\":403") ? 403 : 200, list);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends each event; an empty one ends the answer. */
  private void stream(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    while (ended.getCount() > 0) {
      String event = events.poll(20, TimeUnit.MILLISECONDS);
      if (event != null && event.isEmpty()) {
        break;
      }
      if (event != null) {
        exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
    }
    exchange.close();
  }
}
