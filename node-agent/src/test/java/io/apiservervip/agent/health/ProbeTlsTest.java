package io.apiservervip.agent.health;

import static io.apiservervip.agent.health.LoopbackServer.OK;
import static io.apiservervip.agent.health.LoopbackServer.always;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.agent.netty.LeakWatch;
import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.CheckType;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakWatch.class)
class ProbeTlsTest {
  private static final CheckResult GOOD = new CheckResult.Good();
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String[] BOTH = {"TLSv1.3", "TLSv1.2"};

  private final ProbeBench bench = new ProbeBench(ProbeTransport.newLoop());

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void handshakeIsEnoughAndEndsWithCloseNotify(String version) {
    try (LoopbackServer server = LoopbackServer.tls("valid", _ -> {}, version)) {
      Probe probe = bench.probe(CheckType.TLS, server.address());

      assertThat(bench.check(probe)).isEqualTo(GOOD);

      assertThat(server.eventsUntil("fin")).containsExactly("open", "close_notify", "fin");
      assertThat(probe.certificate())
          .isEqualTo(
              new ServerCertificate(
                  List.of(
                      "kubernetes",
                      "kubernetes.default.svc",
                      "*.example.test",
                      "127.0.0.1",
                      "10.99.0.11",
                      "fd99:0:0:0:0:0:0:11"),
                  Instant.parse("2124-12-08T00:00:00Z")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void twentyHttpsChecksNeedOneConnectionThatEndsWithCloseNotify(String version) {
    try (LoopbackServer server = LoopbackServer.tls("valid", always(OK), version)) {
      Probe probe = bench.probe(CheckType.HTTPS, server.address());
      for (int i = 0; i < 20; i++) {
        assertThat(bench.check(probe)).isEqualTo(GOOD);
      }
      assertThat(server.connections()).isEqualTo(1);

      bench.on(probe::close);

      List<String> events = server.eventsUntil("fin");
      assertThat(events).hasSize(23).doesNotContain("reset").containsOnlyOnce("open");
      assertThat(events.get(21)).isEqualTo("close_notify");
    }
  }

  @Test
  void everyTlsCheckIsAHandshakeOfItsOwn() {
    try (LoopbackServer server = LoopbackServer.tls("valid", _ -> {}, BOTH)) {
      Probe probe = bench.probe(CheckType.TLS, server.address());

      assertThat(List.of(bench.check(probe), bench.check(probe), bench.check(probe)))
          .containsOnly(GOOD);

      assertThat(server.connections()).isEqualTo(3);
      assertThat(probe.certificate()).isNotNull();
    }
  }

  @Test
  void expiredCertificateIsKeptAndNoFailure() {
    try (LoopbackServer server = LoopbackServer.tls("expired", always(OK), BOTH)) {
      Probe probe = bench.probe(CheckType.HTTPS, server.address());

      assertThat(bench.check(probe)).isEqualTo(GOOD);

      assertThat(probe.certificate())
          .isEqualTo(
              new ServerCertificate(
                  List.of("old.example.test"), Instant.parse("2020-01-11T00:00:00Z")));
    }
  }

  @Test
  void connectionIsClosedInOrderAfterATcpCheck() {
    try (LoopbackServer server = LoopbackServer.plain(_ -> {})) {
      assertThat(bench.check(bench.probe(CheckType.TCP, server.address()))).isEqualTo(GOOD);

      assertThat(server.eventsUntil("fin")).containsExactly("open", "fin");
    }
  }

  @ParameterizedTest
  @EnumSource(CheckType.class)
  void refusedIsAFailure(CheckType type) throws IOException {
    try (Socket bound = new Socket()) {
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      BackendAddress nobody =
          new BackendAddress(InetAddress.getLoopbackAddress(), bound.getLocalPort());

      assertThat(bench.check(bench.probe(type, nobody)))
          .isEqualTo(new CheckResult.Failed("connection refused"));
    }
  }

  /** The kernel accepts for a process that does not, as it does for one that was stopped. */
  @ParameterizedTest
  @CsvSource({
    "TLS,   no answer in the TLS handshake in 200 ms",
    "HTTPS, no answer in the TLS handshake in 200 ms",
    "HTTP,  no answer to the request in 200 ms"
  })
  void hungServerIsFoundByTheTimeout(CheckType type, String why) throws IOException {
    try (ServerSocket hung = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      BackendAddress address = new BackendAddress(hung.getInetAddress(), hung.getLocalPort());
      Probe probe = bench.probe(type, address, SHORT);

      assertThat(bench.check(probe)).isEqualTo(new CheckResult.Failed(why));
      assertThat(bench.check(probe)).isEqualTo(new CheckResult.Failed(why));
    }
  }

  @Test
  void serverThatStopsAnsweringAKeptConnectionIsFoundByTheTimeout() {
    try (LoopbackServer server =
        LoopbackServer.tls(
            "valid", request -> request.send(request.number() == 1 ? OK : ""), BOTH)) {
      Probe probe = bench.probe(CheckType.HTTPS, server.address(), Duration.ofSeconds(2));
      assertThat(bench.check(probe)).isEqualTo(GOOD);

      assertThat(bench.check(probe))
          .isEqualTo(new CheckResult.Failed("no answer to the request in 2000 ms"));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void serverWithoutTlsIsNamed() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      BackendAddress address = new BackendAddress(plain.getInetAddress(), plain.getLocalPort());
      var result = bench.begin(bench.probe(CheckType.HTTPS, address));
      try (Socket accepted = plain.accept()) {
        accepted.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));

        assertThat(ProbeBench.await(result))
            .isEqualTo(new CheckResult.Failed("answers without TLS"));
      }
    }
  }

  @Test
  void serverThatClosesInTheHandshakeIsNamed() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      BackendAddress address = new BackendAddress(plain.getInetAddress(), plain.getLocalPort());
      var result = bench.begin(bench.probe(CheckType.TLS, address));
      try (Socket accepted = plain.accept()) {
        accepted.getInputStream().readNBytes(5);
        accepted.shutdownOutput();

        assertThat(ProbeBench.await(result))
            .isEqualTo(new CheckResult.Failed("closed in the TLS handshake"));
      }
    }
  }

  @Test
  void plainQuestionToATlsPortIsAFailure() {
    try (LoopbackServer server = LoopbackServer.tls("valid", always(OK), BOTH)) {
      assertThat(bench.check(bench.probe(CheckType.HTTP, server.address(), SHORT)))
          .isInstanceOf(CheckResult.Failed.class);
    }
  }

  @Test
  void protocolThatNobodySpeaksAnyMoreIsAFailure() throws IOException {
    try (ServerSocket old = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      BackendAddress address = new BackendAddress(old.getInetAddress(), old.getLocalPort());
      var result = bench.begin(bench.probe(CheckType.TLS, address));
      try (Socket accepted = old.accept()) {
        accepted.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 70});

        assertThat(ProbeBench.await(result))
            .isInstanceOfSatisfying(
                CheckResult.Failed.class,
                failed ->
                    assertThat(failed.why()).startsWith("TLS: ").contains("protocol_version"));
      }
    }
  }

  @Test
  void selectorOfTheJdkWorksWhereEpollCannotLoad() {
    try (ProbeBench nio =
            new ProbeBench(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
        LoopbackServer server = LoopbackServer.tls("valid", always(OK), BOTH)) {
      Probe probe = nio.probe(CheckType.HTTPS, server.address());

      assertThat(List.of(nio.check(probe), nio.check(probe))).containsOnly(GOOD);
      nio.on(probe::close);

      assertThat(server.eventsUntil("fin"))
          .containsExactly("open", "asked", "asked", "close_notify", "fin");
    }
  }
}
