package io.apiservervip.e2e.image;

import io.apiservervip.e2e.lab.Namespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A status port on the loopback, of a network namespace or, without one, of the machine. */
record StatusPage(@Nullable Namespace namespace, int port) {
  private static final int PATIENCE_MILLIS = 1000;
  private static final int ATTEMPTS = 1500;

  /** Waits until the answer, header and all, has the text, for as long as the container lives. */
  void await(String path, String text, Container container)
      throws IOException, InterruptedException {
    String last = "no answer";
    for (int i = 0; i < ATTEMPTS && container.alive(); i++) {
      try {
        last = namespace == null ? ask(path) : namespace.call(() -> ask(path));
        if (last.contains(text)) {
          return;
        }
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new IOException(
        path + " never had " + text + " but " + last + "; the program said\n" + container.said());
  }

  private String ask(String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
