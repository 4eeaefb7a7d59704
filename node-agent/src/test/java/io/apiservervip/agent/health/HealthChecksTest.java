package io.apiservervip.agent.health;

import static io.apiservervip.agent.health.LoopbackServer.OK;
import static io.apiservervip.agent.health.LoopbackServer.always;
import static io.apiservervip.api.v1alpha1.BackendState.DOWN;
import static io.apiservervip.api.v1alpha1.BackendState.NOT_READY;
import static io.apiservervip.api.v1alpha1.BackendState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apiservervip.agent.netty.LeakWatch;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.CheckType;
import io.netty.channel.IoEventLoopGroup;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(LeakWatch.class)
class HealthChecksTest {
  private static final String[] BOTH = {"TLSv1.3", "TLSv1.2"};
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Watched watched = new Watched();
  private final HealthChecks checks = checks(null);
  private volatile String answer = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";

  @AfterEach
  void close() {
    checks.close();
  }

  @Test
  void firstGoodCheckMakesABackendUp() {
    try (LoopbackServer server = LoopbackServer.tls("valid", always(OK), BOTH)) {
      checks.reconfigure(List.of(pool(CheckType.HTTPS, server.address())));
      assertThat(checks.snapshot("apiserver")).isEmpty();

      checks.start();
      BackendHealth told = watched.changeTo(UP);

      BackendHealth shown = shown("apiserver", server);
      assertThat(shown.state()).isEqualTo(UP);
      assertThat(shown.checked()).isTrue();
      assertThat(shown.lastError()).isNull();
      assertThat(shown.since()).isEqualTo(NOW);
      assertThat(shown.sinceNanos()).isEqualTo(told.sinceNanos());
      assertThat(shown.lastCheckNanos()).isPositive();
      assertThat(shown.certificate()).isNotNull();
      assertThat(checks.snapshot("other")).isEmpty();
    }
  }

  @Test
  void stateFollowsTheAnswers() {
    try (LoopbackServer server = LoopbackServer.plain(request -> request.send(answer))) {
      start(CheckType.HTTP, server.address());
      assertThat(watched.changeTo(NOT_READY).lastError()).isEqualTo("HTTP 500");

      answer = OK;
      assertThat(watched.changeTo(UP).lastError()).isNull();
      answer = "garbage\r\n";

      assertThat(watched.changeTo(DOWN).lastError()).isEqualTo("the answer is not HTTP");
    }
  }

  @Test
  void failedConnectsTakeABackendDownAndANewConnectionBringsItUp() {
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      start(CheckType.HTTP, server.address());
      watched.changeTo(UP);
      assertThat(server.connections()).isEqualTo(1);

      for (int i = 0; i < 3; i++) {
        checks.connectFailed("apiserver", server.address(), false);
      }

      assertThat(watched.changeTo(DOWN).lastError()).endsWith("connects failed");
      watched.changeTo(UP);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void unansweredFirstFlightsTakeABackendDownWhoseChecksAreGreen() {
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      start(CheckType.TCP, server.address());
      watched.changeTo(UP);
      checks.firstFlightUnanswered("apiserver", server.address());
      checks.firstFlightUnanswered("apiserver", server.address());
      checks.firstFlightAnswered("apiserver", server.address());
      watched.checks(2);
      assertThat(watched.quiet()).isTrue();

      for (int i = 0; i < 3; i++) {
        checks.connectSucceeded("apiserver", server.address());
        checks.firstFlightUnanswered("apiserver", server.address());
      }

      assertThat(watched.changeTo(DOWN).lastError()).contains("first flights in a row");
    }
  }

  @Test
  void aServerThatAnswersChecksAndNotClientsIsAskedOnANewConnection() {
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      start(CheckType.HTTP, server.address());
      watched.changeTo(UP);
      watched.checks(2);
      assertThat(server.connections()).isEqualTo(1);

      for (int i = 0; i < 3; i++) {
        checks.firstFlightUnanswered("apiserver", server.address());
      }

      watched.checks(3);
      assertThat(server.connections()).isEqualTo(2);
      assertThat(watched.quiet()).isTrue();
    }
  }

  @Test
  void whatIsToldOfUnknownBackendsIsOfNoConsequence() {
    BackendAddress unknown = Samples.backend("10.99.0.11");
    checks.connectFailed("apiserver", unknown, false);
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      start(CheckType.TCP, server.address());
      watched.changeTo(UP);

      checks.connectFailed("apiserver", unknown, true);
      checks.connectSucceeded("other", server.address());
      checks.firstFlightAnswered("other", unknown);
      checks.firstFlightUnanswered("", unknown);
      watched.checks(1);

      assertThat(watched.quiet()).isTrue();
    }
  }

  @Test
  void reloadKeepsWhatStaysAndEndsTheRestInOrder() {
    try (LoopbackServer stays = LoopbackServer.plain(always(OK));
        LoopbackServer leaves = LoopbackServer.plain(always(OK));
        LoopbackServer comes = LoopbackServer.plain(always(OK))) {
      start(CheckType.HTTP, stays.address(), leaves.address());
      watched.changeTo(UP);
      watched.changeTo(UP);
      BackendHealth before = shown("apiserver", stays);

      checks.reconfigure(List.of(pool(CheckType.HTTP, comes.address(), stays.address())));

      assertThat(watched.changeTo(UP).address()).isEqualTo(comes.address());
      assertThat(leaves.eventsUntil("fin")).doesNotContain("reset");
      assertThat(checks.snapshot("apiserver").keySet())
          .containsExactly(comes.address(), stays.address());
      BackendHealth after = shown("apiserver", stays);
      assertThat(after.sinceNanos()).isEqualTo(before.sinceNanos());
      watched.checks(4);
      assertThat(stays.connections()).isEqualTo(1);
    }
  }

  @Test
  void anotherWayToAskKeepsTheState() {
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      start(CheckType.TCP, server.address());
      watched.changeTo(UP);
      BackendHealth before = shown("apiserver", server);

      checks.reconfigure(List.of(pool(CheckType.HTTP, server.address())));
      server.eventsUntil("asked");

      watched.checks(1);
      BackendHealth after = shown("apiserver", server);
      assertThat(after.state()).isEqualTo(UP);
      assertThat(after.sinceNanos()).isEqualTo(before.sinceNanos());
      assertThat(watched.quiet()).isTrue();
    }
  }

  @Test
  void listenersCheckTheSameServerEachInItsWay() {
    try (LoopbackServer server =
        LoopbackServer.plain(always("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"))) {
      checks.start();
      checks.reconfigure(
          List.of(
              pool(CheckType.HTTP, server.address()),
              new CheckedPool("rke2", Samples.quick(CheckType.TCP), List.of(server.address()))));
      watched.change();
      watched.change();

      assertThat(shown("apiserver", server).state()).isEqualTo(NOT_READY);
      assertThat(shown("rke2", server).state()).isEqualTo(UP);
    }
  }

  @Test
  void certificateThatHasExpiredIsAWarningOnce() {
    ListAppender<ILoggingEvent> lines = listen(CertificateWatch.class);
    try (LoopbackServer server = LoopbackServer.tls("expired", always(OK), BOTH);
        LoopbackServer good = LoopbackServer.tls("valid", always(OK), BOTH)) {
      checks.start();
      checks.reconfigure(
          List.of(
              pool(CheckType.HTTPS, server.address(), good.address()),
              new CheckedPool("twice", Samples.quick(CheckType.TLS), List.of(server.address()))));
      watched.change();
      watched.change();
      watched.change();
      watched.checks(6);

      assertThat(checks.certificateWarnings())
          .containsExactly(
              new CertificateWarning(
                  server.address(), Instant.parse("2020-01-11T00:00:00Z"), true));
      assertThat(lines.list)
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.getFormattedMessage())
                    .isEqualTo("certificate of an API server has expired");
                assertThat(line.getKeyValuePairs())
                    .extracting(pair -> pair.key)
                    .containsExactly("backend", "notAfter");
              });
    } finally {
      ((Logger) LoggerFactory.getLogger(CertificateWatch.class)).detachAppender(lines);
    }
  }

  @Test
  void changeIsOneLine() {
    ListAppender<ILoggingEvent> lines = listen(HealthChecks.class);
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      start(CheckType.TCP, server.address());
      watched.changeTo(UP);
      watched.checks(2);

      assertThat(lines.list)
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.getKeyValuePairs())
                      .extracting(pair -> pair.key + "=" + pair.value)
                      .containsExactly(
                          "listener=apiserver",
                          "backend=" + server.address(),
                          "from=unchecked",
                          "to=Up",
                          "reason=check passed"));
    } finally {
      ((Logger) LoggerFactory.getLogger(HealthChecks.class)).detachAppender(lines);
    }
  }

  @Test
  void closeEndsConnectionsInOrderAndTheThread() {
    try (LoopbackServer server = LoopbackServer.tls("valid", always(OK), BOTH)) {
      start(CheckType.HTTPS, server.address());
      watched.changeTo(UP);

      checks.close();

      assertThat(server.eventsUntil("fin")).contains("close_notify").doesNotContain("reset");
      assertThat(checks.snapshot("apiserver")).isEmpty();
      checks.connectFailed("apiserver", server.address(), false);
      checks.reconfigure(List.of(pool(CheckType.HTTPS, server.address())));
      checks.close();
    }
  }

  @Test
  void neverStartedIsClosedWithoutMoreAdo() {
    HealthChecks idle = checks(null);

    idle.close();

    assertThat(idle.certificateWarnings()).isEmpty();
  }

  @Test
  void eventLoopFromOutsideOutlivesTheChecks() {
    IoEventLoopGroup loop = ProbeTransport.newLoop();
    try (LoopbackServer server = LoopbackServer.plain(always(OK))) {
      HealthChecks guest = checks(loop);
      guest.start();
      guest.reconfigure(List.of(pool(CheckType.HTTP, server.address())));
      watched.changeTo(UP);

      guest.close();

      assertThat(server.eventsUntil("fin")).doesNotContain("reset");
      assertThat(loop.isShuttingDown()).isFalse();
    } finally {
      loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private HealthChecks checks(@Nullable IoEventLoopGroup loop) {
    return new HealthChecks(
        System::nanoTime, Clock.fixed(NOW, ZoneOffset.UTC), new Random(1), "9.9.9", loop, watched);
  }

  private BackendHealth shown(String listener, LoopbackServer server) {
    return Objects.requireNonNull(checks.snapshot(listener).get(server.address()));
  }

  private void start(CheckType type, BackendAddress... backends) {
    checks.start();
    checks.reconfigure(List.of(pool(type, backends)));
  }

  private static CheckedPool pool(CheckType type, BackendAddress... backends) {
    HealthCheckConfig config = Samples.quick(type);
    return new CheckedPool("apiserver", config, List.of(backends));
  }

  private static ListAppender<ILoggingEvent> listen(Class<?> name) {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    ((Logger) LoggerFactory.getLogger(name)).addAppender(lines);
    return lines;
  }
}
