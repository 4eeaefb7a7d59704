package io.apiservervip.agent.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.proxy.BackendLoad;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.api.v1alpha1.BackendState;
import org.jspecify.annotations.Nullable;

/** The part of {@link StatusDocument} that tells of the proxy and of the checks. */
final class ProxyDocument {
  private ProxyDocument() {}

  /** As in the resource's {@code status.nodes}: the backends of the first listener. */
  static ArrayNode backends(ProxyView view) {
    ArrayNode backends = JsonNodeFactory.instance.arrayNode();
    if (!view.listeners().isEmpty()) {
      for (ProxyView.Row row : view.backends(view.listeners().getFirst())) {
        ObjectNode entry = backends.addObject();
        putState(entry, row);
        putError(entry, row.health());
      }
    }
    return backends;
  }

  /** As in the resource's {@code status.certificates}. */
  static ArrayNode certificates(ProxyView view) {
    ArrayNode certificates = JsonNodeFactory.instance.arrayNode();
    for (Certificates.Line line : Certificates.of(view)) {
      ObjectNode entry = certificates.addObject();
      entry.put("backend", line.backend().text());
      entry.put("notAfter", line.notAfter().toString());
      line.missing().forEach(entry.putArray("missing")::add);
    }
    return certificates;
  }

  static ObjectNode health(ProxyView.Serving serving) {
    ObjectNode health = JsonNodeFactory.instance.objectNode();
    health.put("weight", serving.weight());
    health.put("canServe", serving.canServe());
    health.put("reason", serving.reason());
    return health;
  }

  static ArrayNode listeners(ProxyView view) {
    ArrayNode listeners = JsonNodeFactory.instance.arrayNode();
    for (ListenerStatus listener : view.listeners()) {
      ObjectNode entry = listeners.addObject();
      entry.put("name", listener.name());
      entry.put("port", listener.port());
      ArrayNode bound = entry.putArray("bound");
      listener.bound().forEach(socket -> bound.add(SessionsDocument.text(socket)));
      if (listener.problem() != null) {
        entry.put("problem", listener.problem());
      }
      entry.put("sessions", listener.sessions());
      entry.put("queued", listener.queued());
      ArrayNode backends = entry.putArray("backends");
      view.backends(listener).forEach(row -> putRow(backends.addObject(), row));
    }
    return listeners;
  }

  /** The word in the status, such as {@code NotReady}. */
  static String word(BackendState state) {
    return switch (state) {
      case UP -> "Up";
      case NOT_READY -> "NotReady";
      case DOWN -> "Down";
      case DRAINING -> "Draining";
    };
  }

  private static void putRow(ObjectNode entry, ProxyView.Row row) {
    BackendLoad load = row.load();
    putState(entry, row);
    entry.put("weight", load.weight());
    entry.put("active", load.active());
    entry.put("pending", load.pending());
    BackendHealth health = row.health();
    if (health != null) {
      if (health.lastCheckNanos() >= 0) {
        entry.put("lastCheckMillis", Math.round(health.lastCheckNanos() / 1e4) / 100.0);
      }
      entry.put("since", health.since().toString());
    }
    putError(entry, health);
  }

  private static void putState(ObjectNode entry, ProxyView.Row row) {
    entry.put("address", row.load().address().text());
    entry.put("state", word(row.load().state()));
  }

  private static void putError(ObjectNode entry, @Nullable BackendHealth health) {
    if (health != null && health.lastError() != null) {
      entry.put("lastError", health.lastError());
    }
  }
}
