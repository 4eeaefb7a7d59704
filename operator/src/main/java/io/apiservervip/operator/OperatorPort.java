package io.apiservervip.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operator's HTTP port: /livez, /readyz and /metrics. One request is answered at a time and 32
 * wait; whoever comes then is cut off.
 */
final class OperatorPort implements AutoCloseable {
  private static final int BACKLOG = 32;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int UNAVAILABLE = 503;

  private final int port;
  private final Pages pages;
  private @Nullable HttpServer server;
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(BACKLOG),
          Thread.ofPlatform().name("http").daemon().factory());

  /**
   * What is answered, made anew at each request.
   *
   * @param ailing why the process should be started anew, a phrase; empty: it is well
   * @param missing what is not ready yet, a phrase; empty: it is ready
   * @param metrics in the Prometheus text format
   */
  record Pages(Supplier<String> ailing, Supplier<String> missing, Supplier<String> metrics) {}

  private record Answer(int status, String type, String body) {}

  /** Not yet listening. */
  OperatorPort(int port, Pages pages) {
    this.port = port;
    this.pages = pages;
  }

  /** Binds every address of the pod. */
  void start() throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress(port), BACKLOG);
    http.setExecutor(worker);
    http.createContext("/", this::answer);
    http.start();
    server = http;
  }

  /** The port that was bound. */
  int port() {
    return server == null ? port : server.getAddress().getPort();
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    worker.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer =
          exchange.getRequestMethod().equals("GET")
              ? page(exchange.getRequestURI().getPath())
              : text(WRONG_METHOD, "only GET");
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer page(String path) {
    return switch (path) {
      case "/livez" -> verdict(pages.ailing().get());
      case "/readyz" -> verdict(pages.missing().get());
      case "/metrics" ->
          new Answer(OK, "text/plain; version=0.0.4; charset=utf-8", pages.metrics().get());
      default -> text(NOT_FOUND, "not found; there are /livez /readyz /metrics");
    };
  }

  private static Answer verdict(String complaint) {
    return complaint.isEmpty() ? text(OK, "ok") : text(UNAVAILABLE, complaint);
  }

  private static Answer text(int status, String line) {
    return new Answer(status, "text/plain; charset=utf-8", line + "\n");
  }
}
