package io.apiservervip.agent.observe;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status port on several addresses. At most two requests are answered at a time and 32 wait;
 * whoever comes then is cut off. An address that cannot be bound is tried again and never fatal.
 */
public final class StatusServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
  private static final int BACKLOG = 32;

  private final List<InetSocketAddress> addresses;
  private final StatusPages pages;
  private final Retry retry;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          2,
          2,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(BACKLOG),
          Thread.ofPlatform().name("status-", 0).daemon().factory());

  /** Not yet listening. */
  public StatusServer(List<InetSocketAddress> addresses, StatusPages pages) {
    this(addresses, pages, Duration.ofSeconds(5));
  }

  StatusServer(List<InetSocketAddress> addresses, StatusPages pages, Duration retryAfter) {
    this.addresses = List.copyOf(addresses);
    this.pages = pages;
    this.retry = new Retry("status-bind", retryAfter);
  }

  /** Binds what can be bound now, and keeps trying for the rest. */
  public void start() {
    HttpLimits.apply();
    workers.allowCoreThreadTimeOut(true);
    List<InetSocketAddress> unbound = new ArrayList<>(addresses);
    retry.untilTrue(
        () -> {
          unbound.removeIf(this::bind);
          return unbound.isEmpty();
        });
  }

  /** Where it listens now. */
  public List<InetSocketAddress> bound() {
    return servers.stream().map(HttpServer::getAddress).toList();
  }

  @Override
  public void close() {
    retry.close();
    servers.forEach(server -> server.stop(0));
    workers.shutdownNow();
  }

  private boolean bind(InetSocketAddress address) {
    try {
      HttpServer server = HttpServer.create(address, BACKLOG);
      server.setExecutor(workers);
      server.createContext("/", this::answer);
      server.start();
      servers.add(server);
      LOG.atInfo().addKeyValue("address", server.getAddress()).log("status port listens");
      return true;
    } catch (IOException e) {
      if (retry.firstAttempt()) {
        LOG.atWarn()
            .addKeyValue("address", address)
            .addKeyValue("error", e.getMessage())
            .log("status port cannot listen, trying again every 5 s");
      }
      return false;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      boolean head = method.equals("HEAD");
      if (!head && !method.equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, StatusAnswer.text(405, "only GET and HEAD"), false);
        return;
      }
      send(exchange, answer(request(exchange)), head);
    }
  }

  private static StatusRequest request(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    return new StatusRequest(
        uri.getPath(),
        uri.getRawQuery(),
        exchange.getRemoteAddress().getAddress(),
        exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private StatusAnswer answer(StatusRequest request) {
    try {
      return pages.answer(request);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).addKeyValue("path", request.path()).log("status page failed");
      return StatusAnswer.text(500, "this page failed, the log says why");
    }
  }

  private static void send(HttpExchange exchange, StatusAnswer answer, boolean head)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.contentType());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(headers::set);
    exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.length());
    if (!head) {
      answer.body().writeTo(exchange.getResponseBody());
    }
  }
}
