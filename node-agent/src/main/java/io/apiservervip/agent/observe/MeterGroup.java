package io.apiservervip.agent.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Meters with the same tags that come and go together. Filled by one thread. */
final class MeterGroup {
  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> meters = new ArrayList<>();

  MeterGroup(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  Counter counter(String name) {
    return remember(Counter.builder(name).tags(tags).register(registry));
  }

  /** Two counters: bytes from clients, and bytes to them. */
  Directions bytes(String name) {
    return new Directions(bytes(name, "from_client"), bytes(name, "to_client"));
  }

  /** One counter for each constant, its name in lower case as {@code reason}. */
  <E extends Enum<E>> EnumCounters<E> byReason(String name, Class<E> type) {
    Map<E, Counter> counters = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      String reason = constant.name().toLowerCase(Locale.ROOT);
      counters.put(
          constant,
          remember(Counter.builder(name).tags(tags).tag("reason", reason).register(registry)));
    }
    return new EnumCounters<>(counters);
  }

  /** How many there are now. */
  LongAdder gauge(String name) {
    LongAdder now = new LongAdder();
    remember(Gauge.builder(name, now, LongAdder::sum).tags(tags).register(registry));
    return now;
  }

  Timer timer(String name, Duration... buckets) {
    return remember(
        Timer.builder(name).tags(tags).serviceLevelObjectives(buckets).register(registry));
  }

  void remove() {
    meters.forEach(registry::remove);
    meters.clear();
  }

  private Counter bytes(String name, String direction) {
    return remember(
        Counter.builder(name)
            .tags(tags)
            .tag("direction", direction)
            .baseUnit("bytes")
            .register(registry));
  }

  private <M extends Meter> M remember(M meter) {
    meters.add(meter);
    return meter;
  }

  /** Bytes both ways. */
  record Directions(Counter fromClient, Counter toClient) {
    void add(long in, long out) {
      if (in > 0) {
        fromClient.increment((double) in);
      }
      if (out > 0) {
        toClient.increment((double) out);
      }
    }
  }
}
