package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Host;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The status port of the agent on a host, asked from inside that host. */
final class StatusPort {
  private static final int PORT = 9870;
  private static final int PATIENCE_MILLIS = 500;

  private StatusPort() {}

  /** The page's text; an {@link IOException} when nobody answers in time. */
  static String get(Host host, String path) throws IOException, InterruptedException {
    String answer = host.namespace().call(() -> ask(path));
    int body = answer.indexOf("\r\n\r\n");
    if (body < 0) {
      throw new IOException("no page in the answer to " + path);
    }
    return answer.substring(body + 4);
  }

  /** The status code of {@code /livez}, as a kubelet's probe sees it; 0 where nobody answers. */
  static int liveness(Host host) throws InterruptedException {
    try {
      String answer = host.namespace().call(() -> ask("/livez"));
      return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static String ask(String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
