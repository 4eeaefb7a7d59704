package io.apiservervip.agent.observe;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Removes what has gone from a map, at the second look that finds it gone and idle: a new one is
 * known a moment before it is seen. One caller at a time.
 */
final class Departures<K> {
  private final Set<K> missed = new HashSet<>();

  <V> void sweep(Map<K, V> known, Set<K> present, Predicate<V> idle, Consumer<V> remove) {
    Set<K> absent = new HashSet<>(known.keySet());
    absent.removeAll(present);
    known
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone =
                  absent.contains(entry.getKey())
                      && missed.contains(entry.getKey())
                      && idle.test(entry.getValue());
              if (gone) {
                remove.accept(entry.getValue());
              }
              return gone;
            });
    missed.clear();
    missed.addAll(absent);
  }
}
