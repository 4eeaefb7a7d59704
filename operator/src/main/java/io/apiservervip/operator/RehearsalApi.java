package io.apiservervip.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.apiservervip.agent.kube.ApiCredentials;
import io.apiservervip.agent.kube.ApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * As much of an API server as a rehearsal needs, on the loopback: one resource, one node, two API
 * servers, nothing else; it takes whatever is written and keeps nothing.
 */
final class RehearsalApi implements ApiCredentials, AutoCloseable {
  private static final String VIPS =
      """
      {"metadata":{"resourceVersion":"1"},"items":[{"apiVersion":"apiservervip.io/v1alpha1",
       "kind":"ApiServerVip","metadata":{"name":"rehearsal","uid":"u","resourceVersion":"1",
       "generation":1,"creationTimestamp":"2026-11-20T22:30:00Z",
       "finalizers":["apiservervip.io/cleanup"]},"spec":{"addresses":["192.0.2.50"],
       "service":{"enabled":true}}}]}
      """;
  private static final String NODES =
      """
      {"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"cp-1","uid":"n",
       "resourceVersion":"1","labels":{"node-role.kubernetes.io/control-plane":""}},"status":{
       "addresses":[{"type":"InternalIP","address":"192.0.2.1"}]}}]}
      """;
  private static final String SLICES =
      """
      {"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"kubernetes",
       "namespace":"default","uid":"s","resourceVersion":"1",
       "labels":{"kubernetes.io/service-name":"kubernetes"}},"addressType":"IPv4",
       "ports":[{"name":"https","port":6443}],"endpoints":[{"addresses":["192.0.2.1"]}]}]}
      """;
  private static final String NOTHING = "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}";
  private static final String ABSENT =
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":404}";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int BACKLOG = 32;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch statusWritten = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer http;

  private RehearsalApi(HttpServer http) {
    this.http = http;
  }

  static RehearsalApi start() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    RehearsalApi api =
        new RehearsalApi(HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG));
    api.http.setExecutor(api.threads);
    api.http.createContext("/", api::answer);
    api.http.start();
    return api;
  }

  /** Waits until a status was written. */
  boolean awaitStatus(long seconds) throws InterruptedException {
    return statusWritten.await(seconds, TimeUnit.SECONDS);
  }

  @Override
  public List<ApiServer> servers() {
    return List.of(new ApiServer(http.getAddress().getHostString(), http.getAddress().getPort()));
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public SSLContext tls() throws IOException {
    throw new IOException("a rehearsal has no TLS");
  }

  @Override
  public @Nullable String token() {
    return null;
  }

  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (query.contains("watch=true")) {
        hold(exchange);
      } else if (exchange.getRequestMethod().equals("GET")) {
        send(exchange, path.equals("/readyz") ? "ok" : read(path));
      } else {
        send(exchange, new String(body, StandardCharsets.UTF_8));
      }
      if (path.endsWith("/rehearsal/status")) {
        statusWritten.countDown();
      }
    }
  }

  /** The answer to a question for a list; a single object is never there. */
  private static String read(String path) {
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "apiservervips" -> VIPS;
      case "nodes" -> NODES;
      case "endpointslices" -> path.contains("/namespaces/") ? SLICES : NOTHING;
      case "services",
          "endpoints",
          "configmaps",
          "secrets",
          "daemonsets",
          "pods",
          "servicecidrs",
          "customresourcedefinitions" ->
          NOTHING;
      default -> ABSENT;
    };
  }

  private void hold(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(OK, 0);
    exchange.getResponseBody().flush();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, String answer) throws IOException {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.equals(ABSENT) ? NOT_FOUND : OK, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
