package io.apiservervip.agent.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An HTTPS server on the loopback that answers {@code /readyz} as a test says. */
final class LocalApiServer implements AutoCloseable {
  /** Its certificate names 127.0.0.1 and kubernetes.default.svc. */
  static final String VALID = "valid";

  /** Its certificate names neither. */
  static final String OTHER = "other";

  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Answers what is not {@code /readyz}. */
  @FunctionalInterface
  interface Responder {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpsServer server;
  private final CountDownLatch hung = new CountDownLatch(1);
  private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
  private volatile Responder responder = LocalApiServer::echo;
  private volatile int status = 200;
  private volatile boolean silent;

  private LocalApiServer(HttpsServer server) {
    this.server = server;
  }

  static LocalApiServer start(String ip, String certificate) {
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(ip), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
      LocalApiServer started = new LocalApiServer(server);
      server.createContext("/", started::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return started;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file with the certificate, which is its own authority. */
  static Path authority(String certificate) {
    return Path.of("src/test/resources/certificates", certificate + ".crt").toAbsolutePath();
  }

  ApiServer address() {
    return new ApiServer(
        server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort());
  }

  /** Answers {@code /readyz} with this status from now on. */
  void ready(int next) {
    status = next;
  }

  /** Answers everything but {@code /readyz} so from now on. */
  void respond(Responder next) {
    responder = next;
  }

  /** A whole answer. */
  static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void echo(HttpExchange exchange) throws IOException {
    send(exchange, 200, exchange.getRequestMethod() + " " + exchange.getRequestURI());
  }

  /** Answers nothing from now on. */
  void silent() {
    silent = true;
  }

  /** The Authorization header of the next request. */
  String authorization() throws InterruptedException {
    return String.valueOf(tokens.poll(10, TimeUnit.SECONDS));
  }

  private void answer(HttpExchange exchange) throws IOException {
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (silent) {
      try {
        hung.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (exchange.getRequestURI().getPath().equals("/readyz")) {
      send(exchange, status, "ok");
    } else {
      responder.answer(exchange);
    }
  }

  private static SSLContext context(String certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", key(certificate), PASSWORD, new Certificate[] {certificate(certificate)});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static Certificate certificate(String name) throws IOException, GeneralSecurityException {
    try (InputStream in = resource(name + ".crt")) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey key(String name) throws IOException, GeneralSecurityException {
    try (InputStream in = resource(name + ".key")) {
      String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      String body = pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    }
  }

  private static InputStream resource(String name) {
    InputStream in = LocalApiServer.class.getResourceAsStream("/certificates/" + name);
    if (in == null) {
      throw new IllegalStateException(name);
    }
    return in;
  }

  /** Ends it, its connections too; it may have ended already. */
  void stop() {
    hung.countDown();
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
  }
}
