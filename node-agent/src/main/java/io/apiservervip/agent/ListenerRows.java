package io.apiservervip.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.apiservervip.agent.ConfigLoader.Row;
import java.time.Instant;
import java.util.List;

/** The rows of {@link StatusTable} that tell of the proxy. */
final class ListenerRows {
  private ListenerRows() {}

  static void add(List<Row> rows, JsonNode status, Instant now) {
    for (JsonNode listener : status.path("listeners")) {
      rows.add(new Row("listener", listener(listener)));
      for (JsonNode backend : listener.path("backends")) {
        rows.add(new Row("  backend", backend(backend, now)));
      }
    }
    for (JsonNode certificate : status.path("certificates")) {
      rows.add(new Row("certificate", certificate(certificate)));
    }
  }

  private static String listener(JsonNode listener) {
    String bound = StatusTable.joined(listener.path("bound"));
    return StatusTable.text(listener, "name")
        + ", port "
        + StatusTable.text(listener, "port")
        + (bound.isEmpty()
            ? ", not listening: " + StatusTable.text(listener, "problem")
            : ", on " + bound)
        + ", "
        + StatusTable.text(listener, "sessions")
        + " sessions, "
        + StatusTable.text(listener, "queued")
        + " waiting";
  }

  private static String backend(JsonNode backend, Instant now) {
    String since =
        backend.hasNonNull("since")
            ? " since " + StatusTable.since(StatusTable.text(backend, "since"), now)
            : "";
    String error =
        backend.hasNonNull("lastError") ? ": " + StatusTable.text(backend, "lastError") : "";
    return StatusTable.text(backend, "address")
        + " "
        + StatusTable.text(backend, "state")
        + since
        + ", "
        + StatusTable.text(backend, "active")
        + " sessions"
        + error;
  }

  private static String certificate(JsonNode certificate) {
    String missing = StatusTable.joined(certificate.path("missing"));
    return StatusTable.text(certificate, "backend")
        + " until "
        + StatusTable.text(certificate, "notAfter")
        + (missing.isEmpty() ? "" : ", does not cover " + missing);
  }
}
