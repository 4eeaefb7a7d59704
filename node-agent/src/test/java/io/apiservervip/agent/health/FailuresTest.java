package io.apiservervip.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FailuresTest {
  /** Errors of the native transport can be made only after it was loaded. */
  @BeforeAll
  static void load() {
    Epoll.ensureAvailability();
  }

  @Test
  void causesAreSaidInAPhrase() {
    Map<Throwable, String> said =
        Map.of(
            new ConnectException("finishConnect(..) failed: Connection refused: /10.99.0.11:6443"),
            "connection refused",
            new NoRouteToHostException("finishConnect(..) failed"),
            "no route to host",
            new DecoderException(
                new SSLHandshakeException("Received fatal alert: handshake_failure")),
            "TLS: Received fatal alert: handshake_failure",
            new DecoderException(new NotSslRecordException("not an SSL/TLS record: 48545450")),
            "answers without TLS",
            new IOException("Connection reset by peer\nand more"),
            "Connection reset by peer",
            new IOException(),
            "IOException",
            new IOException("x".repeat(500)),
            "x".repeat(160));

    said.forEach(
        (thrown, text) ->
            assertThat(Failures.result(thrown)).isEqualTo(new CheckResult.Failed(text)));
  }

  @Test
  void lackOfMeansOnThisSideIsNoVerdict() {
    assertThat(
            Failures.result(
                new ChannelException(
                    "Unable to create Channel", new Errors.NativeIoException("socket", -24))))
        .isInstanceOf(CheckResult.NotAsked.class);
    assertThat(Failures.result(new Errors.NativeIoException("connect", -99)))
        .isInstanceOf(CheckResult.NotAsked.class);
    assertThat(Failures.result(new BindException("Cannot assign requested address")))
        .isInstanceOf(CheckResult.NotAsked.class);
    assertThat(
            Failures.result(
                new ConnectException("connect(..) failed: Cannot assign requested address")))
        .isInstanceOf(CheckResult.NotAsked.class);
    assertThat(Failures.result(new Errors.NativeIoException("connect", -111)))
        .isInstanceOf(CheckResult.Failed.class);
  }
}
