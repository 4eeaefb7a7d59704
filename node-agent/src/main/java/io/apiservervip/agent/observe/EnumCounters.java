package io.apiservervip.agent.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** One counter for each constant of an enum, all registered at once. */
record EnumCounters<E extends Enum<E>>(Map<E, Counter> byValue) {
  static <E extends Enum<E>> EnumCounters<E> register(
      MeterRegistry registry, String name, String tag, Class<E> type, Function<E, String> value) {
    Map<E, Counter> counters = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      counters.put(constant, registry.counter(name, tag, value.apply(constant)));
    }
    return new EnumCounters<>(counters);
  }

  double count(E constant) {
    Counter counter = byValue.get(constant);
    return counter == null ? 0 : counter.count();
  }

  void increment(E constant) {
    Counter counter = byValue.get(constant);
    if (counter != null) {
      counter.increment();
    }
  }
}
