package io.apiservervip.operator.lead;

import io.apiservervip.agent.kube.ApiFailure;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks at the Lease every retry period for as long as the process lives. A failure
 * is logged when it begins and when it ends; the next turn tries again.
 */
public final class LeaseLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseLoop.class);
  private static final long JOIN_MILLIS = 5000;

  private final LeaseTimes times;
  private final LeaseStore store;
  private final LongSupplier clock;
  private final Consumer<Boolean> listener;
  private final Semaphore wake = new Semaphore(0);
  private volatile boolean closed;
  private volatile Leadership leadership;
  private volatile long lastTurnNanos;
  private volatile boolean saw;
  private volatile String trouble = "";
  private boolean told;
  private @Nullable Thread thread;

  /**
   * Not yet running.
   *
   * @param identity of this replica, unlike every other's
   * @param clock monotonic
   * @param listener told on the loop's thread when the leading begins (true) and ends (false)
   */
  public LeaseLoop(
      String identity,
      LeaseTimes times,
      LeaseStore store,
      LongSupplier clock,
      Consumer<Boolean> listener) {
    this.times = times;
    this.store = store;
    this.clock = clock;
    this.listener = listener;
    this.leadership = Leadership.none(identity, times);
    this.lastTurnNanos = clock.getAsLong();
  }

  /** Begins to look: a retry period from now, or when woken. */
  public synchronized void start() {
    thread = Thread.ofPlatform().name("lease").daemon().start(this::run);
  }

  /** Looks at once, as an API server has just been found; any thread. */
  public void wake() {
    wake.release();
  }

  /** Whether this replica may act as the leader now; any thread. */
  public boolean leads() {
    return leadership.leads(clock.getAsLong());
  }

  /** Whether the Lease answered to the last look; any thread. */
  public boolean saw() {
    return saw;
  }

  /** Why the last look failed; empty: it did not; any thread. */
  public String trouble() {
    return trouble;
  }

  /** When the loop last turned, by its clock; any thread. */
  public long lastTurnNanos() {
    return lastTurnNanos;
  }

  /** Ends the loop and gives the Lease back, so that another replica leads at once. */
  @Override
  public synchronized void close() {
    closed = true;
    wake();
    if (thread == null) {
      return;
    }
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (leads()) {
      release();
    }
  }

  private void run() {
    try {
      while (true) {
        boolean woken = wake.tryAcquire(times.retry().toMillis(), TimeUnit.MILLISECONDS);
        if (closed) {
          return;
        }
        if (woken) {
          wake.drainPermits();
        }
        turn();
        lastTurnNanos = clock.getAsLong();
        tell();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look and what follows from it. */
  void turn() {
    long begun = clock.getAsLong();
    try {
      leadership = leadership.saw(store.read(), begun);
      switch (leadership.move(begun)) {
        case Move.Take(int transitions) -> write(transitions, true, begun);
        case Move.Renew() -> write(transitions(), false, begun);
        case Move.Wait() -> {}
      }
      if (!trouble.isEmpty()) {
        LOG.atInfo().log("the Lease answers again");
      }
      trouble = "";
      saw = true;
    } catch (RuntimeException e) {
      String error = ApiFailure.text(e);
      if (trouble.isEmpty()) {
        LOG.atWarn().addKeyValue("error", error).log("the Lease cannot be used, retrying");
      }
      trouble = error.isEmpty() ? "unknown" : error;
      saw = false;
    }
  }

  private int transitions() {
    LeaseRecord last = leadership.last();
    return last == null ? 0 : last.transitions();
  }

  private void write(int transitions, boolean newHolder, long begun) {
    store.write(
        new LeaseRecord(leadership.identity(), times.duration(), "", transitions), newHolder);
    leadership = leadership.wrote(begun);
  }

  /** Tells the listener of a change. */
  void tell() {
    boolean leads = leads();
    if (leads != told) {
      told = leads;
      LOG.atInfo()
          .addKeyValue("identity", leadership.identity())
          .log(leads ? "this replica leads" : "this replica leads no longer");
      listener.accept(leads);
    }
  }

  private void release() {
    try {
      LeaseRecord seen = store.read();
      if (seen != null && seen.holder().equals(leadership.identity())) {
        store.write(new LeaseRecord("", seen.duration(), "", seen.transitions()), false);
      }
    } catch (RuntimeException e) {
      LOG.atInfo().addKeyValue("error", ApiFailure.text(e)).log("the Lease was not given back");
    }
  }
}
