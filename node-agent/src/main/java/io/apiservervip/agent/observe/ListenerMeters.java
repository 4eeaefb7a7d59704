package io.apiservervip.agent.observe;

import io.apiservervip.agent.proxy.BackendObserver;
import io.apiservervip.agent.proxy.ListenerObserver;
import io.apiservervip.agent.proxy.RefusalReason;
import io.apiservervip.agent.proxy.SessionEnd;
import io.apiservervip.agentapi.BackendAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one listener. Any thread; but for {@link #backend} no call allocates. */
final class ListenerMeters implements ListenerObserver {
  private final MeterRegistry registry;
  private final String name;
  private final MeterGroup group;
  private final Counter accepted;
  private final EnumCounters<RefusalReason> refused;
  private final Counter queued;
  private final LongAdder waiting;
  private final EnumCounters<SessionEnd> ended;
  private final MeterGroup.Directions bytes;
  private final Map<BackendAddress, BackendMeters> backends = new ConcurrentHashMap<>();
  private final Departures<BackendAddress> departures = new Departures<>();

  ListenerMeters(MeterRegistry registry, String name) {
    this.registry = registry;
    this.name = name;
    group = new MeterGroup(registry, Tags.of("listener", name));
    accepted = group.counter("apiservervip.listener.connections");
    refused = group.byReason("apiservervip.listener.refused", RefusalReason.class);
    queued = group.counter("apiservervip.listener.queued");
    waiting = group.gauge("apiservervip.listener.waiting");
    ended = group.byReason("apiservervip.listener.session.ends", SessionEnd.class);
    bytes = group.bytes("apiservervip.listener.bytes");
  }

  @Override
  public BackendObserver backend(BackendAddress address) {
    return backends.computeIfAbsent(address, key -> new BackendMeters(registry, name, key.text()));
  }

  @Override
  public void accepted() {
    accepted.increment();
  }

  @Override
  public void refused(RefusalReason reason) {
    refused.increment(reason);
  }

  @Override
  public void queued() {
    queued.increment();
    waiting.increment();
  }

  @Override
  public void dequeued() {
    waiting.decrement();
  }

  @Override
  public void ended(SessionEnd reason) {
    ended.increment(reason);
  }

  @Override
  public void bytes(long fromClient, long toClient) {
    bytes.add(fromClient, toClient);
  }

  Map<BackendAddress, BackendTotals> totals() {
    Map<BackendAddress, BackendTotals> totals = HashMap.newHashMap(backends.size());
    backends.forEach((address, meters) -> totals.put(address, meters.totals()));
    return totals;
  }

  /**
   * Removes the meters of backends that are idle and were not in the pool this time and the time
   * before: a new one is known here a moment before the pool shows it. One caller at a time.
   */
  void keep(Set<BackendAddress> pool) {
    departures.sweep(backends, pool, BackendMeters::idle, BackendMeters::remove);
  }

  void remove() {
    backends.values().forEach(BackendMeters::remove);
    backends.clear();
    group.remove();
  }

  /** No session runs over any of its backends. */
  boolean idle() {
    return backends.values().stream().allMatch(BackendMeters::idle);
  }
}
