package io.apiservervip.e2e.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Requests of the JDK's server as fabric8's mock knows them, and its answers on the way back. */
record MockHandler(ApplyPatchDispatcher dispatcher) implements HttpHandler {
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      RecordedRequest request = request(exchange);
      if (request.getHeader("Upgrade") != null) {
        // a client that asks for a WebSocket takes this for a proxy without, and watches by HTTP
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      MockResponse response = dispatcher.dispatch(request);
      if (response.getWebSocketListener() == null) {
        answer(exchange, response);
      } else {
        WatchStream stream = new WatchStream(request);
        dispatcher.open(response.getWebSocketListener(), stream);
        watch(exchange, response, stream);
      }
    }
  }

  private static RecordedRequest request(HttpExchange exchange) throws IOException {
    Headers.Builder headers = Headers.builder();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
    return new RecordedRequest(
        exchange.getProtocol(),
        HttpMethod.valueOf(exchange.getRequestMethod()),
        exchange.getRequestURI().toString(),
        headers.build(),
        new Buffer(exchange.getRequestBody().readAllBytes()));
  }

  private static void answer(HttpExchange exchange, MockResponse response) throws IOException {
    byte[] body = response.getBody() == null ? new byte[0] : response.getBody().getBytes();
    response
        .getHeaders()
        .toMultimap()
        .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
    exchange.sendResponseHeaders(response.code(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** One line an event until the watch's time is over, the client gone or the server stopped. */
  private static void watch(HttpExchange exchange, MockResponse response, WatchStream stream)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try {
      for (String event = stream.next(); !event.isEmpty(); event = stream.next()) {
        exchange.getResponseBody().write((event + "\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      response.getWebSocketListener().onClosed(stream, 1000, "end of watch");
    }
  }
}
