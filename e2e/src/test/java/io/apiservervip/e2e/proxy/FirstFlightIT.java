package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What a client sends first reaches a server unchanged in however many segments, and once more
 * another server when the first one leaves it unanswered; a first flight that must not be sent
 * twice is not.
 */
class FirstFlightIT {
  private static final Duration SOON = Duration.ofMillis(700);

  /** firstResponseTimeout is 1 s, and the machine is busy. */
  private static final Duration REPLAYED = Duration.ofSeconds(3);

  @Test
  void helloInOneTwoAndTwentySegmentsIsReplayedUnchanged() throws Exception {
    FirstFlightStage.on(
        stage -> {
          byte[] small = ClientHellos.plain(0);
          byte[] large = ClientHellos.plain(6000);
          assertThat(small.length).isLessThan(1400);
          assertThat(large.length).isGreaterThan(5000);
          isReplayed(stage, small, 1);
          isReplayed(stage, small, 2);
          isReplayed(stage, large, 2);
          isReplayed(stage, large, 20);
        });
  }

  private static void isReplayed(FirstFlightStage stage, byte[] hello, int segments)
      throws Exception {
    String what = hello.length + " bytes in " + segments + " segments";
    try (Socket client = stage.client()) {
      stage.send(client, hello, segments);
      Arrival first = stage.arrival(REPLAYED);
      assertThat(first.bytes(hello.length)).as(what).isEqualTo(hello);
      Arrival second = stage.arrival(REPLAYED);
      assertThat(second.bytes(hello.length)).as(what).isEqualTo(hello);
      assertThat(second.server()).as(what).isNotEqualTo(first.server());
      second.socket().getOutputStream().write(ClientHellos.serverHello());
      assertThat(client.getInputStream().readNBytes(ClientHellos.serverHello().length))
          .as(what)
          .isEqualTo(ClientHellos.serverHello());
      second.socket().close();
      first.socket().close();
    }
  }

  @Test
  void resetBeforeAnAnswerIsReplayedAtOnce() throws Exception {
    FirstFlightStage.on(
        stage -> {
          byte[] hello = ClientHellos.plain(0);
          try (Socket client = stage.client()) {
            stage.send(client, hello, 1);
            Arrival first = stage.arrival(REPLAYED);
            first.bytes(hello.length);
            first.socket().setSoLinger(true, 0);
            first.socket().close();
            Arrival second = stage.arrival(SOON);
            assertThat(second.bytes(hello.length)).isEqualTo(hello);
            second.socket().close();
          }
        });
  }

  @Test
  void helloIsReplayedOnlyOnce() throws Exception {
    FirstFlightStage.on(
        stage -> {
          byte[] hello = ClientHellos.plain(0);
          try (Socket client = stage.client()) {
            stage.send(client, hello, 1);
            for (int i = 0; i < 2; i++) {
              Arrival arrival = stage.arrival(REPLAYED);
              arrival.bytes(hello.length);
              arrival.socket().setSoLinger(true, 0);
              arrival.socket().close();
            }
            nothingMore(stage);
            assertThat(ended(client)).isTrue();
          }
        });
  }

  @Test
  void helloWithEarlyDataGoesToOneServerAlone() throws Exception {
    FirstFlightStage.on(stage -> goesToOneServer(stage, ClientHellos.withEarlyData()));
  }

  @Test
  void whatIsNotTlsGoesToOneServerAlone() throws Exception {
    FirstFlightStage.on(
        stage -> {
          goesToOneServer(stage, "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
          goesToOneServer(stage, new byte[] {22, 3, 1, 0, 5, 2, 0, 0, 1, 0});
          goesToOneServer(stage, new byte[] {0});
        });
  }

  private static final java.nio.charset.Charset US_ASCII =
      java.nio.charset.StandardCharsets.US_ASCII;

  private static void goesToOneServer(FirstFlightStage stage, byte[] bytes) throws Exception {
    try (Socket client = stage.client()) {
      stage.send(client, bytes, 1);
      Arrival arrival = stage.arrival(REPLAYED);
      assertThat(arrival.bytes(bytes.length)).isEqualTo(bytes);
      nothingMore(stage);
      arrival.socket().getOutputStream().write(77);
      assertThat(client.getInputStream().read()).isEqualTo(77);
      arrival.socket().close();
    }
  }

  @Test
  void helloThatWasAnsweredIsNeverReplayed() throws Exception {
    FirstFlightStage.on(
        stage -> {
          byte[] hello = ClientHellos.plain(0);
          try (Socket client = stage.client()) {
            stage.send(client, hello, 1);
            Arrival arrival = stage.arrival(REPLAYED);
            arrival.bytes(hello.length);
            arrival.socket().getOutputStream().write(ClientHellos.serverHello(), 0, 3);
            assertThat(client.getInputStream().readNBytes(3)).hasSize(3);
            arrival.socket().setSoLinger(true, 0);
            arrival.socket().close();
            nothingMore(stage);
            assertThat(ended(client)).isTrue();
          }
        });
  }

  /** Longer than the time that a server has for its first answer. */
  private static void nothingMore(FirstFlightStage stage) {
    assertThatThrownBy(() -> stage.arrival(Duration.ofMillis(1800)))
        .isInstanceOf(IOException.class);
  }

  private static boolean ended(Socket client) throws IOException {
    client.setSoTimeout(3000);
    try {
      return client.getInputStream().read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }
}
