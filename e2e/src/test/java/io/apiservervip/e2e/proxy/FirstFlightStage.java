package io.apiservervip.e2e.proxy;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.TlsIdentity;
import io.apiservervip.e2e.router.Evidence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A proxy before two servers that answer its TLS checks and leave clients to the test. A check is
 * told from a client by what it lacks: the name that {@link ClientHellos} puts into every hello.
 */
record FirstFlightStage(Lab lab, SSLContext tls, BlockingQueue<Arrival> arrivals) {
  private static final int PORT = 6443;

  /** A test's body. */
  interface Body {
    void run(FirstFlightStage stage) throws Exception;
  }

  static void on(Body body) throws Exception {
    try (Lab lab = Lab.open(3);
        ServerSocket two = server(lab.host("cp-2"));
        ServerSocket three = server(lab.host("cp-3"))) {
      FirstFlightStage stage =
          new FirstFlightStage(
              lab, TlsIdentity.in(lab.directory()).context(), new LinkedBlockingQueue<>());
      stage.serve("cp-2", two);
      stage.serve("cp-3", three);
      List<String> backends =
          List.of(lab.host("cp-2").ipv4() + ":" + PORT, lab.host("cp-3").ipv4() + ":" + PORT);
      ProxyConfig config = ProxyConfig.of(Proxies.PORT, backends, ProxyConfig.Check.TLS);
      Evidence.of(
          lab,
          () -> {
            Proxies.start(lab, lab.host("cp-1"), config);
            Thread.sleep(1500);
            body.run(stage);
          });
    }
  }

  Socket client() throws IOException, InterruptedException {
    return Proxies.connect(lab.client(), lab.host("cp-1").ipv4(), Proxies.PORT);
  }

  /** Sends the bytes in so many parts of about the same size, 10 ms between two of them. */
  void send(Socket client, byte[] bytes, int segments) throws IOException, InterruptedException {
    for (int i = 0; i < segments; i++) {
      int from = i * bytes.length / segments;
      client.getOutputStream().write(bytes, from, (i + 1) * bytes.length / segments - from);
      if (i + 1 < segments) {
        Thread.sleep(10);
      }
    }
  }

  /** The next connection that reaches a server with bytes; checks send none. */
  Arrival arrival(Duration patience) throws IOException, InterruptedException {
    Arrival arrival = arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (arrival == null) {
      throw new IOException("nothing reached a server within " + patience);
    }
    return arrival;
  }

  private static ServerSocket server(Host host) throws IOException, InterruptedException {
    return host.namespace()
        .call(
            () -> {
              ServerSocket server = new ServerSocket();
              server.setReuseAddress(true);
              server.bind(new InetSocketAddress(PORT), 1024);
              return server;
            });
  }

  private void serve(String name, ServerSocket server) {
    Thread.ofPlatform()
        .daemon()
        .name("server " + name)
        .start(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  Thread.startVirtualThread(() -> first(name, socket));
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  private void first(String name, Socket socket) {
    try {
      byte[] bytes = new byte[16_384];
      int read = socket.getInputStream().read(bytes);
      if (read < 0) {
        socket.close();
        return;
      }
      byte[] begun = Arrays.copyOf(bytes, read);
      if (ClientHellos.isForeign(begun)) {
        answerCheck(socket, begun);
      } else {
        arrivals.add(Arrival.of(name, socket, begun));
      }
    } catch (IOException e) {
      // a check that was reset
    }
  }

  private void answerCheck(Socket socket, byte[] begun) throws IOException {
    try (Socket check =
        tls.getSocketFactory().createSocket(socket, new ByteArrayInputStream(begun), true)) {
      check.setSoTimeout(2000);
      int end = check.getInputStream().read();
      if (end >= 0) {
        throw new IOException("a check of the handshake alone sent " + end);
      }
    }
  }
}
