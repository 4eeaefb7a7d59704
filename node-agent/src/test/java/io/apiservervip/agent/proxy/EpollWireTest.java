package io.apiservervip.agent.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpollWireTest {
  private static final WireHandler NOBODY =
      new WireHandler() {
        @Override
        public void connected(Wire wire, int errno) {}

        @Override
        public void ready(Wire wire) {}

        @Override
        public void failed(Wire wire, RuntimeException bug) {
          throw bug;
        }
      };

  /** An unchecked exception here would make Netty's loop sleep for a second, all sessions in it. */
  @Test
  void endingTheOutputOfAConnectionThatThePeerHasResetIsAnOrdinaryFailure() throws Exception {
    assertThat(Epoll.isAvailable()).isTrue();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket socket = Socket.newSocketStream();
      socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
      try (java.net.Socket peer = server.accept()) {
        peer.setSoLinger(true, 0);
      }
      EpollWire wire = EpollWire.accepted(socket.intValue(), NOBODY);
      assertTimeoutPreemptively(Duration.ofSeconds(5), () -> awaitReset(socket));
      assertThatThrownBy(wire::endOutput).isInstanceOf(IOException.class);
      socket.close();
    }
  }

  private static void awaitReset(Socket socket) throws IOException {
    while (socket.getSoError() == 0) {
      Thread.onSpinWait();
    }
  }
}
