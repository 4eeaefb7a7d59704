package io.apiservervip.e2e.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * As much of a Kubernetes API as an agent asks for: one ConfigMap with the document, and the
 * entries that agents apply. Several doors may lead to it. Any thread.
 */
final class LabApi implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One applied entry, as it arrived. */
  record Write(Instant at, JsonNode entry) {
    String node() {
      return entry.path("name").asText();
    }

    String role() {
      return entry.path("role").asText();
    }
  }

  private final List<Write> writes = new ArrayList<>();
  private String document = "";
  private int version = 1;
  private boolean closed;

  /** Another document; watches tell of it. */
  synchronized void document(String text) {
    document = text;
    version++;
    notifyAll();
  }

  /** Waits until the newest entry of a node is as wished, and returns it. */
  synchronized Write await(String node, Predicate<Write> wish, Duration patience)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<Write> last = last(node);
      if (last.filter(wish).isPresent()) {
        return last.get();
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new TimeoutException("the entry of " + node + " is " + last);
      }
      wait(left);
    }
  }

  private Optional<Write> last(String node) {
    return writes.reversed().stream().filter(write -> write.node().equals(node)).findFirst();
  }

  /** Ends the watches. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      if (path.equals("/readyz")) {
        send(exchange, "ok");
      } else if (exchange.getRequestMethod().equals("PATCH")) {
        apply(JSON.readTree(exchange.getRequestBody().readAllBytes()));
        send(exchange, "{}");
      } else if (query.contains("watch=true")) {
        watch(exchange, path.endsWith("/configmaps"), since(query));
      } else {
        send(exchange, list(path.endsWith("/configmaps")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void apply(JsonNode applied) {
    applied.at("/status/nodes").forEach(entry -> writes.add(new Write(Instant.now(), entry)));
    notifyAll();
  }

  private synchronized String list(boolean configMaps) {
    ObjectNode list = JSON.createObjectNode();
    list.putObject("metadata").put("resourceVersion", String.valueOf(version));
    if (configMaps && !document.isEmpty()) {
      list.putArray("items").add(object());
    } else {
      list.putArray("items");
    }
    return list.toString();
  }

  private ObjectNode object() {
    ObjectNode object = JSON.createObjectNode();
    object.putObject("metadata").put("resourceVersion", String.valueOf(version));
    object.putObject("data").put("config.yaml", document);
    return object;
  }

  private void watch(HttpExchange exchange, boolean configMaps, int from)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    int since = from;
    while (true) {
      String event;
      synchronized (this) {
        while (!closed && (!configMaps || version <= since)) {
          wait();
        }
        if (closed) {
          return;
        }
        since = version;
        event = JSON.createObjectNode().put("type", "MODIFIED").set("object", object()) + "\n";
      }
      exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    }
  }

  private static int since(String query) {
    return Integer.parseInt(query.replaceFirst(".*resourceVersion=", ""));
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }
}
