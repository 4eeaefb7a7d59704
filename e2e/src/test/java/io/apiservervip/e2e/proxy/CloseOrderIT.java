package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every order in which two sides can end a connection, on real sockets through the proxy. */
class CloseOrderIT {
  private static final long BYTES = 3_000_000;

  /** What one order does with the two ends. */
  private interface Order {
    void run(Socket one, Socket other) throws Exception;
  }

  /** The same with the client as the one, and with the server. */
  private static void bothWays(Order order) throws Exception {
    RelayStage.on(
        stage -> {
          try (Rendezvous.Pair pair = stage.rendezvous().pair()) {
            order.run(pair.client(), pair.server());
          }
          try (Rendezvous.Pair pair = stage.rendezvous().pair()) {
            order.run(pair.server(), pair.client());
          }
        });
  }

  @Test
  void oneThatHasSaidAllStillHearsTheOther() throws Exception {
    bothWays(
        (one, other) -> {
          one.shutdownOutput();
          assertThat(other.getInputStream().read()).isEqualTo(-1);
          FutureTask<Flow.Sum> sent =
              Flow.start(() -> Flow.send(other.getOutputStream(), BYTES, 1));
          assertThat(Flow.receive(one.getInputStream(), BYTES)).isEqualTo(get(sent));
          other.close();
          assertThat(one.getInputStream().read()).isEqualTo(-1);
        });
  }

  @Test
  void lastBytesBeforeTheEndArrive() throws Exception {
    bothWays(
        (one, other) -> {
          FutureTask<Flow.Sum> sent =
              Flow.start(
                  () -> {
                    Flow.Sum sum = Flow.send(one.getOutputStream(), BYTES, 2);
                    one.close();
                    return sum;
                  });
          Thread.sleep(200);
          assertThat(Flow.receive(other.getInputStream(), BYTES)).isEqualTo(get(sent));
          assertThat(other.getInputStream().read()).isEqualTo(-1);
        });
  }

  @Test
  void bothEndAtTheSameTimeAndNothingIsLost() throws Exception {
    bothWays(
        (one, other) -> {
          FutureTask<Flow.Sum> there = Flow.start(() -> sendAndEnd(one, 3));
          FutureTask<Flow.Sum> back = Flow.start(() -> sendAndEnd(other, 4));
          FutureTask<Flow.Sum> heard =
              Flow.start(() -> Flow.receive(other.getInputStream(), BYTES + 1));
          assertThat(Flow.receive(one.getInputStream(), BYTES + 1)).isEqualTo(get(back));
          assertThat(get(heard)).isEqualTo(get(there));
        });
  }

  private static Flow.Sum sendAndEnd(Socket socket, long seed) throws IOException {
    Flow.Sum sum = Flow.send(socket.getOutputStream(), BYTES, seed);
    socket.shutdownOutput();
    return sum;
  }

  @Test
  void resetIsCarriedAsAReset() throws Exception {
    bothWays(
        (one, other) -> {
          reset(one);
          hearsReset(other);
        });
  }

  @Test
  void resetAfterAHalfCloseIsCarriedAsAReset() throws Exception {
    bothWays(
        (one, other) -> {
          one.shutdownOutput();
          assertThat(other.getInputStream().read()).isEqualTo(-1);
          reset(other);
          hearsReset(one);
        });
  }

  @Test
  void sideThatClosesWithBytesUnreadEndsTheOthersWriting() throws Exception {
    bothWays(
        (one, other) -> {
          other.getOutputStream().write(new byte[100_000]);
          Thread.sleep(100);
          one.close();
          assertThatThrownBy(
                  () -> {
                    for (int i = 0; i < 2000; i++) {
                      other.getOutputStream().write(new byte[1000]);
                      Thread.sleep(1);
                    }
                  })
              .isInstanceOf(SocketException.class);
        });
  }

  @Test
  void resetInTheMiddleOfALargeTransferIsNotAnOrderlyEnd() throws Exception {
    bothWays(
        (one, other) -> {
          FutureTask<Flow.Sum> sent =
              Flow.start(() -> Flow.send(one.getOutputStream(), 100_000_000, 5));
          assertThat(Flow.receive(other.getInputStream(), BYTES).bytes()).isEqualTo(BYTES);
          reset(one);
          assertThatThrownBy(() -> Flow.receive(other.getInputStream(), 100_000_000))
              .isInstanceOf(SocketException.class);
          assertThatThrownBy(() -> get(sent)).hasCauseInstanceOf(SocketException.class);
        });
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void hearsReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private static <T> T get(FutureTask<T> task) throws Exception {
    return task.get(20, TimeUnit.SECONDS);
  }
}
