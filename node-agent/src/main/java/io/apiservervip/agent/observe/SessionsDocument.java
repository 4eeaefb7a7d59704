package io.apiservervip.agent.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import io.apiservervip.agent.proxy.SessionView;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JSON of {@code /status?sessions}: a line for each live session, written as it is made, so
 * that ten thousand of them need no text in memory.
 */
final class SessionsDocument {
  private static final int MAX_ROWS = 10_000;
  private static final long PATIENCE_MILLIS = 2000;

  private SessionsDocument() {}

  /** Waits a moment for the event loops; they answer at once unless one is stuck. */
  static StatusAnswer answer(SessionSource source) {
    try {
      List<SessionView> sessions =
          source.list(MAX_ROWS).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      int leftOut = Math.max(0, source.total() - sessions.size());
      return StatusAnswer.streamed(
          "application/json",
          out -> write(sessions, sessions.size() < MAX_ROWS ? 0 : leftOut, out));
    } catch (ExecutionException | TimeoutException e) {
      return StatusAnswer.text(503, "no answer of the proxy: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return StatusAnswer.text(503, "the agent ends");
    }
  }

  static void write(List<SessionView> sessions, int leftOut, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.writeStartObject();
      json.writeNumberField("leftOut", leftOut);
      json.writeArrayFieldStart("sessions");
      for (SessionView session : sessions) {
        json.writeRaw('\n');
        write(session, json);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(SessionView session, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("listener", session.listener());
    json.writeStringField("client", text(session.client()));
    json.writeStringField("local", text(session.local()));
    json.writeStringField("source", text(session.source()));
    json.writeStringField("backend", session.backend().text());
    json.writeStringField("since", session.since().toString());
    json.writeNumberField("fromClient", session.fromClient());
    json.writeNumberField("toClient", session.toClient());
    json.writeEndObject();
  }

  /** As in an audit log: {@code 10.0.0.1:40000}, {@code [fd99::1]:40000}. */
  static String text(InetSocketAddress address) {
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return address.getAddress() instanceof Inet6Address
        ? "[" + host + "]:" + address.getPort()
        : host + ":" + address.getPort();
  }
}
