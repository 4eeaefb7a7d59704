package io.apiservervip.agent.observe;

import io.apiservervip.agent.health.BackendHealth;
import io.apiservervip.agent.health.ServerCertificate;
import io.apiservervip.agent.proxy.BackendLoad;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.api.v1alpha1.BackendState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of the proxy and of the checks: a row for each listener and backend of the last
 * snapshot that was shown, and none for others. One caller at a time.
 */
final class ProxyGauges {
  private final MeterRegistry registry;
  private final Map<Name, MultiGauge> gauges = new EnumMap<>(Name.class);

  /** Every gauge; the name of the meter, and its unit where it has one. */
  private enum Name {
    LISTENER_SESSIONS("apiservervip.listener.sessions", null),
    LISTENER_PROBLEM("apiservervip.listener.problem", null),
    BACKEND_PENDING("apiservervip.backend.pending", null),
    BACKEND_STATE("apiservervip.backend.state", null),
    BACKEND_WEIGHT("apiservervip.backend.weight", null),
    CHECK_DURATION("apiservervip.backend.check.duration", "seconds"),
    CERTIFICATE_EXPIRY("apiservervip.backend.certificate.expiry", "seconds"),
    TRANSLATION_PROBLEM("apiservervip.translation.problem", null),
    HEALTH_WEIGHT("apiservervip.health.weight", null),
    CAN_SERVE("apiservervip.health.can_serve", null);

    private final String meter;
    private final @Nullable String unit;

    Name(String meter, @Nullable String unit) {
      this.meter = meter;
      this.unit = unit;
    }
  }

  ProxyGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows these values; without a proxy, none. */
  void show(@Nullable ProxyView view) {
    Map<Name, List<Row<?>>> rows = new EnumMap<>(Name.class);
    for (Name name : Name.values()) {
      rows.put(name, new ArrayList<>());
    }
    if (view != null) {
      fill(
          view, (name, tags, value) -> rows.getOrDefault(name, List.of()).add(Row.of(tags, value)));
    }
    rows.forEach((name, of) -> gauge(name).register(of, true));
  }

  private MultiGauge gauge(Name name) {
    return gauges.computeIfAbsent(
        name, key -> MultiGauge.builder(key.meter).baseUnit(key.unit).register(registry));
  }

  @FunctionalInterface
  private interface Sink {
    void add(Name name, Tags tags, double value);
  }

  private static void fill(ProxyView view, Sink sink) {
    sink.add(Name.TRANSLATION_PROBLEM, Tags.empty(), view.translationProblem() == null ? 0 : 1);
    sink.add(Name.HEALTH_WEIGHT, Tags.empty(), view.serving().weight());
    sink.add(Name.CAN_SERVE, Tags.empty(), view.serving().canServe() ? 1 : 0);
    for (ListenerStatus listener : view.listeners()) {
      Tags tags = Tags.of("listener", listener.name());
      sink.add(Name.LISTENER_SESSIONS, tags, listener.sessions());
      sink.add(Name.LISTENER_PROBLEM, tags, listener.problem() == null ? 0 : 1);
      for (ProxyView.Row row : view.backends(listener)) {
        fill(row, tags.and("backend", row.load().address().text()), sink);
      }
    }
  }

  private static void fill(ProxyView.Row row, Tags tags, Sink sink) {
    BackendLoad load = row.load();
    sink.add(Name.BACKEND_PENDING, tags, load.pending());
    sink.add(Name.BACKEND_WEIGHT, tags, load.weight());
    for (BackendState state : BackendState.values()) {
      sink.add(
          Name.BACKEND_STATE,
          tags.and("state", state.name().toLowerCase(Locale.ROOT)),
          load.state() == state ? 1 : 0);
    }
    BackendHealth health = row.health();
    if (health == null) {
      return;
    }
    if (health.lastCheckNanos() >= 0) {
      sink.add(Name.CHECK_DURATION, tags, health.lastCheckNanos() / 1e9);
    }
    ServerCertificate certificate = health.certificate();
    if (certificate != null) {
      sink.add(Name.CERTIFICATE_EXPIRY, tags, (double) certificate.notAfter().getEpochSecond());
    }
  }
}
