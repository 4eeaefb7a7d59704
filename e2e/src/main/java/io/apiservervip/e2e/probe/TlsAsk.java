package io.apiservervip.e2e.probe;

import io.apiservervip.e2e.lab.Namespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** One TLS connection with one request, as kubectl would make it: who answers? */
public final class TlsAsk {
  private TlsAsk() {}

  /** Name of the server behind the address, asked from inside the namespace. */
  public static String name(Namespace from, String address, int port, Duration patience)
      throws IOException, InterruptedException {
    int millis = (int) patience.toMillis();
    return from.call(
        () -> {
          Socket plain = new Socket();
          plain.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), millis);
          plain.setSoTimeout(millis);
          return name(plain);
        });
  }

  /** Name of the server at the other end of the connection, which is closed. */
  public static String name(Socket plain) throws IOException, GeneralSecurityException {
    try (SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(plain, "lab", 0, true)) {
      String request = "GET /id HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException("answer: " + answer);
      }
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  private static SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    return context;
  }

  /** The door is tested, not its certificates. */
  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
