package io.apiservervip.agent.observe;

import io.apiservervip.agent.proxy.BackendLoad;
import io.apiservervip.agent.proxy.ListenerObserver;
import io.apiservervip.agent.proxy.ListenerStatus;
import io.apiservervip.agent.proxy.ProxyObserver;
import io.apiservervip.agentapi.BackendAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The counters of the proxy. Called on event loops, by several threads at a time; whoever counts
 * holds the object of its listener or backend, so that no call looks anything up.
 */
public final class ProxyMeters implements ProxyObserver {
  private final MeterRegistry registry;
  private final Counter pipesExhausted;
  private final EnumCounters<AcceptErrno> acceptErrors;
  private final Map<String, ListenerMeters> listeners = new ConcurrentHashMap<>();
  private final Departures<String> departures = new Departures<>();

  private ProxyMeters(
      MeterRegistry registry, Counter pipesExhausted, EnumCounters<AcceptErrno> acceptErrors) {
    this.registry = registry;
    this.pipesExhausted = pipesExhausted;
    this.acceptErrors = acceptErrors;
  }

  /** Registers what does not belong to one listener; the rest comes with its listener. */
  public static ProxyMeters register(MeterRegistry registry) {
    return new ProxyMeters(
        registry,
        registry.counter("apiservervip.proxy.pipes.exhausted"),
        EnumCounters.register(
            registry,
            "apiservervip.proxy.accept.errors",
            "errno",
            AcceptErrno.class,
            AcceptErrno::tag));
  }

  @Override
  public ListenerObserver listener(String name) {
    return listeners.computeIfAbsent(name, key -> new ListenerMeters(registry, key));
  }

  @Override
  public void pipesExhausted() {
    pipesExhausted.increment();
  }

  @Override
  public void acceptFailed(int errno) {
    acceptErrors.increment(AcceptErrno.of(errno));
  }

  /** What each backend did, by listener and address. */
  Map<String, Map<BackendAddress, BackendTotals>> totals() {
    Map<String, Map<BackendAddress, BackendTotals>> totals = HashMap.newHashMap(listeners.size());
    listeners.forEach((name, meters) -> totals.put(name, meters.totals()));
    return totals;
  }

  /**
   * Removes the meters of listeners and backends that are gone, at the second call that finds them
   * gone and idle. One caller at a time.
   */
  void keep(List<ListenerStatus> present) {
    Set<String> names = new HashSet<>();
    for (ListenerStatus listener : present) {
      names.add(listener.name());
      ListenerMeters meters = listeners.get(listener.name());
      if (meters != null) {
        meters.keep(
            listener.backends().stream().map(BackendLoad::address).collect(Collectors.toSet()));
      }
    }
    departures.sweep(listeners, names, ListenerMeters::idle, ListenerMeters::remove);
  }
}
