package io.apiservervip.agent.health;

import static io.apiservervip.agent.health.LoopbackServer.OK;
import static io.apiservervip.agent.health.LoopbackServer.always;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.netty.LeakWatch;
import io.apiservervip.api.v1alpha1.CheckType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakWatch.class)
class ProbeHttpTest {
  private static final CheckResult GOOD = new CheckResult.Good();
  private static final Duration SHORT = Duration.ofMillis(200);

  private final ProbeBench bench = new ProbeBench(ProbeTransport.newLoop());

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "204 No Content", "299 Odd", "401 Unauthorized", "403 No"})
  void isGood(String status) {
    try (LoopbackServer server = LoopbackServer.plain(always(answer(status)))) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address()))).isEqualTo(GOOD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"302 Found", "400 Bad", "404 Not Found", "429 Busy", "500 No", "503 No"})
  void isNotReady(String status) {
    try (LoopbackServer server = LoopbackServer.plain(always(answer(status)))) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address())))
          .isEqualTo(new CheckResult.NotReady("HTTP " + status.substring(0, 3)));
    }
  }

  @Test
  void asksAsAPoliteClient() {
    LinkedBlockingQueue<String> heads = new LinkedBlockingQueue<>();
    try (LoopbackServer server =
        LoopbackServer.plain6(
            request -> {
              heads.add(request.head());
              request.send(OK);
            })) {
      bench.check(bench.probe(CheckType.HTTP, server.address()));

      assertThat(heads)
          .containsExactly(
              "GET /readyz HTTP/1.1\r\nHost: [0:0:0:0:0:0:0:1]:"
                  + server.address().port()
                  + "\r\nUser-Agent: apiserver-vip/9.9.9\r\nAccept: */*");
    }
  }

  @Test
  void twentyChecksNeedOneConnectionThatEndsInOrder() {
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());
      for (int i = 0; i < 20; i++) {
        assertThat(bench.check(probe)).isEqualTo(GOOD);
      }
      assertThat(server.connections()).isEqualTo(1);

      bench.on(probe::close);

      assertThat(server.eventsUntil("fin")).hasSize(22).doesNotContain("reset");
    }
  }

  @Test
  void keptConnectionIsRenewedAfterTenMinutes() {
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());
      bench.check(probe);
      bench.advance(Duration.ofMinutes(10));
      bench.check(probe);
      assertThat(server.connections()).isEqualTo(1);

      bench.advance(Duration.ofNanos(1));

      assertThat(bench.check(probe)).isEqualTo(GOOD);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void serverThatWantsToCloseMay() {
    String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    try (LoopbackServer server = LoopbackServer.plain(always(last))) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());

      assertThat(List.of(bench.check(probe), bench.check(probe))).containsOnly(GOOD);

      assertThat(server.eventsUntil("fin")).doesNotContain("reset");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void connectionClosedBetweenChecksIsReplaced() {
    LinkedBlockingQueue<LoopbackServer.Request> requests = new LinkedBlockingQueue<>();
    try (LoopbackServer server =
        LoopbackServer.plain(
            request -> {
              requests.add(request);
              request.send(OK);
            })) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());
      bench.check(probe);
      requests.remove().context().close().syncUninterruptibly();

      assertThat(bench.check(probe)).isEqualTo(GOOD);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void keptConnectionThatEndsUnderTheQuestionProvesNothing() {
    try (LoopbackServer server =
        LoopbackServer.plain(
            request -> {
              if (request.number() == 2) {
                request.close();
              } else {
                request.send(OK);
              }
            })) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());
      bench.check(probe);

      assertThat(bench.check(probe)).isEqualTo(GOOD);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void newConnectionThatEndsUnderTheQuestionIsAFailure() {
    try (LoopbackServer server = LoopbackServer.plain(LoopbackServer.Request::close)) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address())))
          .isEqualTo(new CheckResult.Failed("closed unanswered"));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n",
        "HTTP/1.1 102 Processing\r\n\r\n"
      })
  void halfAnAnswerIsNone(String half) {
    try (LoopbackServer server = LoopbackServer.plain(always(half))) {
      Probe probe = bench.probe(CheckType.HTTP, server.address(), SHORT);

      assertThat(bench.check(probe))
          .isEqualTo(new CheckResult.Failed("no answer to the request in 200 ms"));
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1 2, closed unanswered", "'HTTP/1.1 200 OK\r\nA', closed unanswered"})
  void halfAnAnswerAndThenTheEndIsAFailure(String half, String why) {
    try (LoopbackServer server =
        LoopbackServer.plain(
            request -> {
              request.send(half);
              request.close();
            })) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address())))
          .isEqualTo(new CheckResult.Failed(why));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
      })
  void longFormsOfAnAnswerAreRead(String answer) {
    try (LoopbackServer server = LoopbackServer.plain(always(answer))) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());

      assertThat(List.of(bench.check(probe), bench.check(probe))).containsOnly(GOOD);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void answerThatEndsWithTheConnectionIsRead() {
    try (LoopbackServer server =
        LoopbackServer.plain(
            request -> {
              request.send("HTTP/1.0 200 OK\r\n\r\nok");
              request.close();
            })) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address()))).isEqualTo(GOOD);
    }
  }

  @Test
  void hugeAnswerIsCutOffAndItsStatusCounts() {
    CountDownLatch gone = new CountDownLatch(1);
    try (LoopbackServer server =
        LoopbackServer.plain(
            request -> {
              request.context().channel().closeFuture().addListener(_ -> gone.countDown());
              request.send(
                  "HTTP/1.1 500 No\r\nContent-Length: 4000000\r\n\r\n" + "x".repeat(3_000_000));
            })) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address())))
          .isEqualTo(new CheckResult.NotReady("HTTP 500"));
      assertThat(await(gone)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"garbage\r\n\r\n", "SSH-2.0-OpenSSH_9.2p1 Debian\r\n", "\r\n\r\n\0\r\n\r\n"})
  void garbageIsAFailure(String garbage) {
    try (LoopbackServer server = LoopbackServer.plain(always(garbage))) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address(), SHORT)))
          .isInstanceOf(CheckResult.Failed.class);
    }
  }

  @Test
  void endlessHeadIsAFailure() {
    String head = "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(100_000);
    try (LoopbackServer server = LoopbackServer.plain(always(head))) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address())))
          .isEqualTo(new CheckResult.Failed("the answer is not HTTP"));
    }
  }

  @Test
  void answerNobodyAskedForEndsTheConnection() {
    try (LoopbackServer server = LoopbackServer.plain(always(OK + OK))) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());

      assertThat(List.of(bench.check(probe), bench.check(probe))).containsOnly(GOOD);

      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void connectionThatIsGivenUpUnderTheQuestionIsNotAskedAgain() throws InterruptedException {
    LinkedBlockingQueue<LoopbackServer.Request> requests = new LinkedBlockingQueue<>();
    try (LoopbackServer server = LoopbackServer.plain(requests::add)) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());
      CompletableFuture<CheckResult> first = bench.begin(probe);
      assertThat(server.eventsUntil("asked")).containsExactly("open", "asked");

      bench.on(probe::disconnect);
      requests.take().send(OK);

      assertThat(ProbeBench.await(first)).isEqualTo(GOOD);
      assertThat(server.event()).isEqualTo("fin");
    }
  }

  @Test
  void probeThatIsClosedUnderTheQuestionTellsNothing() {
    try (LoopbackServer server = LoopbackServer.plain(_ -> {})) {
      Probe probe = bench.probe(CheckType.HTTP, server.address());
      CompletableFuture<CheckResult> result = bench.begin(probe);
      assertThat(server.eventsUntil("asked")).containsExactly("open", "asked");

      bench.on(probe::close);

      assertThat(server.event()).isEqualTo("fin");
      bench.on(() -> assertThat(result).isNotDone());
    }
  }

  @Test
  void ipv6LoopbackIsReached() {
    try (LoopbackServer server = LoopbackServer.plain6(always(OK))) {
      assertThat(server.address().address()).isEqualTo(InetAddress.ofLiteral("::1"));
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address()))).isEqualTo(GOOD);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, java.util.concurrent.TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String answer(String status) {
    boolean bodyless = status.startsWith("204");
    return "HTTP/1.1 " + status + (bodyless ? "\r\n\r\n" : "\r\nContent-Length: 2\r\n\r\nok");
  }
}
