package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
  private final AtomicLong now = new AtomicLong(5_000_000_000L);
  private volatile List<String> missing = List.of();
  private final StatusServer server =
      new StatusServer(
          List.of(loopback(0), new InetSocketAddress(Samples.ip("192.0.2.1"), 9870)),
          new StatusPages(
              new StatusPages.Liveness(now::get, () -> 5_000_000_000L, () -> missing),
              new StatusPages.Contents(
                  () -> "a_metric 1\n",
                  () -> {
                    throw new IllegalStateException("broken page");
                  },
                  renewing -> "renewing " + renewing,
                  SessionSource.NONE),
              StatusAuth.NONE),
          Duration.ofHours(1));

  @BeforeEach
  void listen() {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void addressThatCannotBeBoundLeavesTheOthersServing() throws IOException {
    assertThat(server.bound()).hasSize(1);
    assertThat(get("/livez")).isEqualTo("200 ok");
  }

  @Test
  void loopWithoutABeatForASecondIsNotAlive() throws IOException {
    now.set(5_999_999_999L);
    assertThat(get("/livez")).isEqualTo("200 ok");

    now.set(6_000_000_000L);

    assertThat(get("/livez")).isEqualTo("503 the VRRP loop last turned 1000 ms ago");
  }

  @Test
  void readinessNamesWhatIsMissing() throws IOException {
    assertThat(get("/readyz")).isEqualTo("200 ok");

    missing = List.of("no config", "10.99.0.50:6443 is not bound");

    assertThat(get("/readyz")).isEqualTo("503 not ready: no config; 10.99.0.50:6443 is not bound");
  }

  @Test
  void unknownPathListsThePaths() throws IOException {
    assertThat(get("/favicon.ico"))
        .isEqualTo("404 not found; there are / /livez /readyz /metrics /status /status?sessions");
    assertThat(get("/metrics")).isEqualTo("200 a_metric 1");
  }

  @Test
  void brokenPageIsAnErrorAndNotTheEndOfTheServer() throws IOException {
    assertThat(get("/status")).startsWith("500 ");
    assertThat(get("/livez")).isEqualTo("200 ok");
  }

  @Test
  void onlyReadingIsAllowedAndNothingIsCached() throws IOException {
    HttpURLConnection post = open("/livez", "POST");
    assertThat(post.getResponseCode()).isEqualTo(405);
    assertThat(post.getHeaderField("Allow")).isEqualTo("GET, HEAD");

    HttpURLConnection head = open("/livez", "HEAD");
    assertThat(head.getResponseCode()).isEqualTo(200);
    assertThat(head.getHeaderField("Cache-Control")).isEqualTo("no-store");
  }

  private String get(String path) throws IOException {
    HttpURLConnection connection = open(path, "GET");
    int status = connection.getResponseCode();
    try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return status + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private HttpURLConnection open(String path, String method) throws IOException {
    int port = server.bound().getFirst().getPort();
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setRequestMethod(method);
    return connection;
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
