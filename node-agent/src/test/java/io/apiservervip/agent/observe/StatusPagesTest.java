package io.apiservervip.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.proxy.SessionView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPagesTest {
  private static final String ADA = "Basic " + PasswordsTest.base64("ada:secret");
  private static final SessionView SESSION =
      new SessionView(
          "apiserver",
          new InetSocketAddress(Samples.ip("10.1.2.3"), 40_000),
          new InetSocketAddress(Samples.ip("fd99::50"), 6443),
          new InetSocketAddress(Samples.ip("10.99.0.11"), 50_123),
          Samples.backend("10.99.0.12", 6443),
          Instant.parse("2026-11-20T22:30:00Z"),
          517,
          4096);

  private StatusAuth auth = StatusAuth.NONE;
  private SessionSource sessions = source(1, CompletableFuture.completedFuture(List.of(SESSION)));

  @Test
  void loopbackSeesTheSessionsOneALine() throws IOException {
    assertThat(get("/status", "sessions", "127.0.0.1", null))
        .isEqualTo(
            """
            200 {"leftOut":0,"sessions":[
            {"listener":"apiserver","client":"10.1.2.3:40000",\
            "local":"[fd99:0:0:0:0:0:0:50]:6443","source":"10.99.0.11:50123",\
            "backend":"10.99.0.12:6443","since":"2026-11-20T22:30:00Z",\
            "fromClient":517,"toClient":4096}]}
            """);
  }

  @Test
  void othersSeeTheSessionsOnlyWithAPassword() throws IOException {
    assertThat(get("/status", "sessions", "10.1.2.3", null))
        .isEqualTo("403 sessions are shown on the loopback address, or with --status-auth-file\n");

    auth = users();

    assertThat(get("/status", "sessions", "10.1.2.3", ADA)).startsWith("200 {\"leftOut\":0");
    assertThat(get("/status", "sessions", "127.0.0.1", null)).startsWith("401 ");
  }

  @Test
  void moreThanTenThousandSessionsAreCutAndCounted() throws IOException {
    sessions =
        source(12_345, CompletableFuture.completedFuture(Collections.nCopies(10_000, SESSION)));

    String answer = get("/status", "sessions", "::1", null);

    assertThat(answer).startsWith("200 {\"leftOut\":2345,");
    assertThat(answer.lines()).hasSize(10_001);
  }

  @Test
  void proxyThatFailsIsAnErrorInOneLine() throws IOException {
    sessions = source(1, CompletableFuture.failedFuture(new IllegalStateException("stuck")));

    assertThat(get("/status", "sessions", "127.0.0.1", null))
        .startsWith("503 no answer of the proxy: ")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/status", "/metrics", "/nothing"})
  void pagesNeedAPasswordWhereOneIsSet(String path) throws IOException {
    auth = users();

    assertThat(get(path, null, "127.0.0.1", null))
        .isEqualTo("401 a user name and a password are needed\n");
    assertThat(get(path, null, "127.0.0.1", ADA)).doesNotStartWith("401");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz"})
  void probesOfTheKubeletNeedNone(String path) throws IOException {
    auth = _ -> new StatusAuth.Unavailable();

    assertThat(get(path, null, "10.1.2.3", null)).isEqualTo("200 ok\n");
    assertThat(get("/status", null, "10.1.2.3", null)).startsWith("503 ");
  }

  @Test
  void aPersonIsAskedForThePassword() {
    assertThat(StatusAnswer.unauthorized().headers())
        .containsEntry("WWW-Authenticate", "Basic realm=\"node-agent\", charset=\"UTF-8\"");
  }

  @Test
  void pageRenewsItselfUnlessPausedAndMayLoadNothing() throws IOException {
    assertThat(get("/", null, "10.1.2.3", null)).isEqualTo("200 true");
    assertThat(get("/", "pause", "10.1.2.3", null)).isEqualTo("200 false");
    assertThat(StatusAnswer.page("").headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .endsWith("img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  private static StatusAuth users() {
    Passwords passwords = Passwords.parse("ada:secret");
    return header -> passwords.know(header) ? new StatusAuth.Admitted() : new StatusAuth.Refused();
  }

  private static SessionSource source(int total, CompletableFuture<List<SessionView>> list) {
    return new SessionSource() {
      @Override
      public int total() {
        return total;
      }

      @Override
      public CompletableFuture<List<SessionView>> list(int limit) {
        return list;
      }
    };
  }

  private String get(
      String path, @Nullable String query, String client, @Nullable String authorization)
      throws IOException {
    StatusPages pages =
        new StatusPages(
            new StatusPages.Liveness(() -> 0, () -> 0, List::of),
            new StatusPages.Contents(() -> "m", () -> "s", String::valueOf, sessions),
            auth);
    StatusAnswer answer =
        pages.answer(new StatusRequest(path, query, Samples.ip(client), authorization));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    answer.body().writeTo(body);
    return answer.status() + " " + body.toString(StandardCharsets.UTF_8);
  }
}
