package io.apiservervip.operator.reconcile;

import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.api.v1alpha1.CertificateStatus;
import io.apiservervip.api.v1alpha1.ConditionStatus;
import io.apiservervip.api.v1alpha1.ConditionStatusEntry;
import io.apiservervip.operator.status.EventPlan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The statuses of all resources as meters, for alerts. The replica that leads shows them; any other
 * shows none, so that nobody reads what it no longer keeps up to date. Any thread.
 */
public final class VipMeters {
  private final MeterRegistry registry;
  private final Map<Name, MultiGauge> gauges = new EnumMap<>(Name.class);
  private final Map<String, ApiServerVipStatus> statuses = new TreeMap<>();
  private final Map<String, Map<Move, Counter>> moves = new TreeMap<>();
  private boolean leading;

  private enum Name {
    CONDITION("apiservervip.condition"),
    ADDRESSES_HELD("apiservervip.addresses.held"),
    AGENTS_DESIRED("apiservervip.agents.desired"),
    AGENTS_READY("apiservervip.agents.ready"),
    BACKENDS_KNOWN("apiservervip.backends.known"),
    BACKENDS_READY("apiservervip.backends.ready"),
    CERTIFICATE_EXPIRY("apiservervip.certificate.expiry");

    private final String meter;

    Name(String meter) {
      this.meter = meter;
    }
  }

  /** How the addresses went from one node to another; told by an Event of that reason. */
  private enum Move {
    HANDED_OVER("HandedOver", "handed_over"),
    FAILED_OVER("FailedOver", "failed_over");

    private final String reason;
    private final String tag;

    Move(String reason, String tag) {
      this.reason = reason;
      this.tag = tag;
    }
  }

  /** Registers the gauges without rows. */
  public VipMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Name name : Name.values()) {
      gauges.put(
          name,
          MultiGauge.builder(name.meter)
              .baseUnit(name == Name.CERTIFICATE_EXPIRY ? "seconds" : null)
              .register(registry));
    }
  }

  /** Begins to show, or ceases to. */
  public synchronized void leading(boolean now) {
    leading = now;
    if (!now) {
      statuses.clear();
      publish();
    }
  }

  /** Shows this status from now on. */
  synchronized void show(String vip, ApiServerVipStatus status) {
    if (leading) {
      moves.computeIfAbsent(vip, this::counters);
      if (!status.equals(statuses.put(vip, status))) {
        publish();
      }
    }
  }

  /** Counts what the Events tell of; once for each that was raised. */
  synchronized void count(String vip, List<EventPlan> events) {
    Map<Move, Counter> counters = moves.computeIfAbsent(vip, this::counters);
    for (EventPlan event : events) {
      counters.forEach(
          (move, counter) -> {
            if (event.reason().equals(move.reason)) {
              counter.increment();
            }
          });
    }
  }

  /** Shows nothing more of resources but these: others may have gone while nobody watched. */
  public synchronized void retain(Set<String> vips) {
    List<String> gone = statuses.keySet().stream().filter(vip -> !vips.contains(vip)).toList();
    gone.forEach(this::forget);
  }

  /** Shows nothing more of a resource that is gone. */
  synchronized void forget(String vip) {
    statuses.remove(vip);
    Map<Move, Counter> counters = moves.remove(vip);
    if (counters != null) {
      counters.values().forEach(registry::remove);
    }
    publish();
  }

  private Map<Move, Counter> counters(String vip) {
    Map<Move, Counter> counters = new EnumMap<>(Move.class);
    for (Move move : Move.values()) {
      counters.put(move, registry.counter("apiservervip.moves", "vip", vip, "how", move.tag));
    }
    return counters;
  }

  private void publish() {
    Map<Name, List<Row<?>>> rows = new EnumMap<>(Name.class);
    for (Name name : Name.values()) {
      rows.put(name, new ArrayList<>());
    }
    statuses.forEach(
        (vip, status) ->
            rows(vip, status, (name, row) -> Objects.requireNonNull(rows.get(name)).add(row)));
    gauges.forEach((name, gauge) -> gauge.register(Objects.requireNonNull(rows.get(name)), true));
  }

  private static void rows(String vip, ApiServerVipStatus status, BiConsumer<Name, Row<?>> sink) {
    Tags tags = Tags.of("vip", vip);
    for (ConditionStatusEntry condition : orEmpty(status.conditions())) {
      for (ConditionStatus one : ConditionStatus.values()) {
        sink.accept(
            Name.CONDITION,
            Row.of(
                tags.and("type", condition.type(), "status", RecordJson.text(one)),
                condition.status() == one ? 1 : 0));
      }
    }
    if (status.virtualRouterId() != null) {
      sink.accept(Name.ADDRESSES_HELD, Row.of(tags, status.activeNode() == null ? 0 : 1));
    }
    add(Name.AGENTS_DESIRED, tags, status.desiredAgents(), sink);
    add(Name.AGENTS_READY, tags, status.readyAgents(), sink);
    add(Name.BACKENDS_KNOWN, tags, status.backends(), sink);
    add(Name.BACKENDS_READY, tags, status.readyBackends(), sink);
    for (CertificateStatus certificate : orEmpty(status.certificates())) {
      String notAfter = certificate.notAfter();
      if (notAfter != null) {
        sink.accept(
            Name.CERTIFICATE_EXPIRY,
            Row.of(
                tags.and("backend", certificate.backend()),
                Instant.parse(notAfter).getEpochSecond()));
      }
    }
  }

  private static void add(
      Name name, Tags tags, @Nullable Integer value, BiConsumer<Name, Row<?>> sink) {
    if (value != null) {
      sink.accept(name, Row.of(tags, value));
    }
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
