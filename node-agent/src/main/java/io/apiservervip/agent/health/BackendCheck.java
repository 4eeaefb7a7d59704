package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.BackendState;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One backend of one listener: its state, its probe, and when it asks. Owned by the check loop. */
final class BackendCheck {

  /** What the checks of all backends share. */
  interface Surroundings {
    ProbeTransport transport();

    Instant wallTime();

    /** In 0..1. */
    double random();

    /** Something that the snapshot shows is different now. */
    void ended(BackendCheck check, boolean byCheck, @Nullable BackendState before);
  }

  private static final Logger LOG = LoggerFactory.getLogger(BackendCheck.class);

  private final Surroundings around;
  private final String listener;
  private final BackendAddress address;
  private final HealthState state;
  private final Traffic traffic;

  private Probe probe;
  private @Nullable Future<?> next;
  private Instant since;
  private long startedNanos;
  private long durationNanos = -1;
  private boolean closed;

  BackendCheck(
      Surroundings around, String listener, BackendAddress address, HealthCheckConfig config) {
    long now = around.transport().nanoTime();
    this.around = around;
    this.listener = listener;
    this.address = address;
    this.state = new HealthState(config, now);
    this.traffic = new Traffic(this::wake, now);
    this.probe = new Probe(around.transport(), address, config.probe());
    this.since = around.wallTime();
  }

  String listener() {
    return listener;
  }

  BackendAddress address() {
    return address;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Begins a check; the following ones come by themselves. */
  void run() {
    next = null;
    startedNanos = around.transport().nanoTime();
    Probe asked = probe;
    asked.check(result -> ended(result));
  }

  /** Goes on by other rules; asked in another way, it is asked at once. */
  void reconfigure(HealthCheckConfig config) {
    state.reconfigure(config);
    if (!probe.settings().equals(config.probe())) {
      probe.close();
      probe = new Probe(around.transport(), address, config.probe());
      cancel();
      run();
    } else if (!probe.busy()) {
      schedule();
    }
  }

  void close() {
    closed = true;
    cancel();
    probe.close();
  }

  BackendHealth health() {
    return new BackendHealth(
        address,
        state.state(),
        state.sinceNanos(),
        since,
        state.lastError(),
        durationNanos,
        state.checked(),
        probe.certificate());
  }

  private void ended(CheckResult result) {
    long now = around.transport().nanoTime();
    durationNanos = now - startedNanos;
    BackendState before = state.checked() ? state.state() : null;
    state.checked(result, startedNanos, now);
    schedule();
    settle(true, before);
  }

  /** Any thread. */
  private void wake() {
    try {
      around.transport().loop().execute(this::sawTraffic);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("backend", address).log("told of a connection after the end");
    }
  }

  private void sawTraffic() {
    if (closed) {
      return;
    }
    BackendState before = state.checked() ? state.state() : null;
    boolean suspected = state.suspect();
    state.saw(traffic.empty(), around.transport().nanoTime());
    if (state.suspect() && !suspected) {
      probe.disconnect();
      if (!probe.busy()) {
        cancel();
        run();
      }
    }
    if (before != null && before != state.state()) {
      probe.disconnect();
      if (!probe.busy()) {
        schedule();
      }
      settle(false, before);
    }
  }

  private void settle(boolean byCheck, @Nullable BackendState before) {
    if (before != state.state()) {
      since = around.wallTime();
    }
    around.ended(this, byCheck, before);
  }

  private void schedule() {
    cancel();
    long due = startedNanos + state.nextCheckNanos(around.random());
    long delay = Math.max(0, due - around.transport().nanoTime());
    next = around.transport().loop().schedule(this::run, delay, TimeUnit.NANOSECONDS);
  }

  private void cancel() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }
}
