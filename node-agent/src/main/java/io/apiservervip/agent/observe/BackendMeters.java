package io.apiservervip.agent.observe;

import io.apiservervip.agent.proxy.BackendObserver;
import io.apiservervip.agent.proxy.ConnectFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one backend of one listener. Any thread; no call allocates or waits. */
final class BackendMeters implements BackendObserver {
  private static final Duration[] CONNECT_BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2)
  };

  private final MeterGroup group;
  private final LongAdder active;
  private final Counter total;
  private final Timer connect;
  private final EnumCounters<ConnectFailure> failures;
  private final Counter hedged;
  private final Counter replayed;
  private final MeterGroup.Directions bytes;

  BackendMeters(MeterRegistry registry, String listener, String address) {
    group = new MeterGroup(registry, Tags.of("listener", listener, "backend", address));
    active = group.gauge("apiservervip.backend.sessions");
    total = group.counter("apiservervip.backend.connections");
    connect = group.timer("apiservervip.backend.connect", CONNECT_BUCKETS);
    failures = group.byReason("apiservervip.backend.connect.failures", ConnectFailure.class);
    hedged = group.counter("apiservervip.backend.hedged");
    replayed = group.counter("apiservervip.backend.replayed");
    bytes = group.bytes("apiservervip.backend.bytes");
  }

  @Override
  public void connected(long nanos) {
    connect.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void connectFailed(ConnectFailure reason) {
    failures.increment(reason);
  }

  @Override
  public void hedged() {
    hedged.increment();
  }

  @Override
  public void replayed() {
    replayed.increment();
  }

  @Override
  public void sessions(int change) {
    active.add(change);
    if (change > 0) {
      total.increment(change);
    }
  }

  @Override
  public void bytes(long fromClient, long toClient) {
    bytes.add(fromClient, toClient);
  }

  /** Nothing runs over it now. */
  boolean idle() {
    return active.sum() == 0;
  }

  BackendTotals totals() {
    return new BackendTotals(
        (long) total.count(),
        (long) bytes.fromClient().count(),
        (long) bytes.toClient().count(),
        (long) hedged.count(),
        (long) replayed.count(),
        failed());
  }

  void remove() {
    group.remove();
  }

  /** Lost races are left out: the backend did nothing wrong there. */
  private long failed() {
    double sum = 0;
    for (ConnectFailure reason : ConnectFailure.values()) {
      sum += reason == ConnectFailure.LOST_RACE ? 0 : failures.count(reason);
    }
    return (long) sum;
  }
}
