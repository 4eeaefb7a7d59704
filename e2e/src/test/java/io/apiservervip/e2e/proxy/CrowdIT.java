package io.apiservervip.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many clients, and those that behave badly. */
class CrowdIT {
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  @Tag("long")
  void fiveThousandConnectionsOpenedAtOnceAreAllServed() throws Exception {
    RelayStage.on(
        stage -> {
          Crowd crowd = new Crowd(stage.lab().host("cp-1").ipv4(), Proxies.PORT, 5000);
          try (Crowd.Echo two = Crowd.Echo.on(stage, "cp-2");
              Crowd.Echo three = Crowd.Echo.on(stage, "cp-3")) {
            Crowd.Result result = stage.lab().client().namespace().call(crowd::run);
            System.err.println("crowd: " + result);
            assertThat(result.answered()).isEqualTo(5000);
            assertThat(two.accepted()).isBetween(2000L, 3000L);
            assertThat(three.accepted()).isBetween(2000L, 3000L);
          }
        });
  }

  @Test
  void clientsBeyondABackendsLimitQueueUntilOneLeavesOrTheTimeIsUp() throws Exception {
    RelayStage.on(
        new ProxyConfig.Limits(1, 2, 8000, 10),
        stage -> {
          Rendezvous meeting = stage.rendezvous();
          Rendezvous.Pair first = meeting.pair();
          Rendezvous.Pair second = meeting.pair();
          Rendezvous.Half third = meeting.half();
          Rendezvous.Half fourth = meeting.half();
          long begun = System.nanoTime();
          assertThatThrownBy(() -> meeting.await(third, Duration.ofMillis(500)))
              .isInstanceOf(IOException.class);
          first.close();
          Socket served = meeting.await(third, SOON);
          served.getOutputStream().write('x');
          assertThat(third.client().getInputStream().read()).isEqualTo('x');
          assertThat(endOf(fourth.client())).isBetween(Duration.ZERO, Duration.ofSeconds(3));
          assertThat(Duration.ofNanos(System.nanoTime() - begun))
              .isBetween(Duration.ofMillis(1800), Duration.ofMillis(3500));
          second.server().getOutputStream().write('y');
          assertThat(second.client().getInputStream().read()).isEqualTo('y');
          second.close();
          served.close();
        });
  }

  @Test
  void clientThatSendsNothingIsClosedAfterTheFirstByteTimeout() throws Exception {
    RelayStage.on(
        ProxyConfig.Check.TLS,
        new ProxyConfig.Limits(0, 10, 8000, 2),
        stage -> {
          Lab lab = stage.lab();
          try (Socket silent =
              Proxies.connect(lab.client(), lab.host("cp-1").ipv4(), Proxies.PORT)) {
            assertThat(endOf(silent)).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(4));
          }
        });
  }

  @Test
  void clientsThatNeverReadCostBoundedMemoryAndNobodyWaitsForThem() throws Exception {
    RelayStage.on(
        stage -> {
          List<Rendezvous.Pair> stuck = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            Rendezvous.Pair pair = stage.rendezvous().pair();
            stuck.add(pair);
            FutureTask<Flow.Sum> endless =
                Flow.start(() -> Flow.send(pair.server().getOutputStream(), 1L << 40, 1));
            assertThat(endless.isDone()).isFalse();
          }
          Thread.sleep(2000);
          exchanges(stage, stage.lab().client(), 50);
          assertThat(residentMegabytes(stage.proxy().pid())).isLessThan(250);
          for (Rendezvous.Pair pair : stuck) {
            pair.close();
          }
        });
  }

  @Test
  void floodOfSilentConnectionsOfOneAddressLeavesRoomForOthers() throws Exception {
    RelayStage.on(
        new ProxyConfig.Limits(0, 10, 500, 10),
        stage -> {
          List<Socket> silent = new ArrayList<>();
          Lab lab = stage.lab();
          for (int i = 0; i < 1500; i++) {
            try {
              silent.add(Proxies.connect(lab.client(), lab.host("cp-1").ipv4(), Proxies.PORT));
            } catch (IOException e) {
              // refused at once is as good as closed at once
            }
          }
          exchanges(stage, lab.host("cp-3"), 100);
          int open = 0;
          for (Socket socket : silent) {
            socket.setSoTimeout(1);
            open += open(socket) ? 1 : 0;
          }
          assertThat(open).isBetween(400, 500);
          for (Socket socket : silent) {
            socket.close();
          }
        });
  }

  private static void exchanges(RelayStage stage, Host from, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Rendezvous.Half half = stage.rendezvous().half(from);
      try (Socket client = half.client();
          Socket server = stage.rendezvous().await(half, SOON)) {
        server.getOutputStream().write(i);
        assertThat(client.getInputStream().read()).isEqualTo(i);
      }
    }
  }

  /** How long until the proxy ended it, in order or by a reset. */
  private static Duration endOf(Socket socket) throws IOException {
    long begun = System.nanoTime();
    try {
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo(-1);
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static boolean open(Socket socket) {
    try {
      return socket.getInputStream().read() >= 0;
    } catch (java.net.SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static long residentMegabytes(long leader) throws IOException {
    long pages =
        Long.parseLong(
            java.nio.file.Files.readString(java.nio.file.Path.of("/proc/" + leader + "/statm"))
                .split(" ", -1)[1]);
    return pages * 4096 / 1_000_000;
  }
}
