package io.apiservervip.agent.health;

import io.apiservervip.api.v1alpha1.BackendState;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hears what the checks find, and lets a test wait for it. */
final class Watched implements CheckObserver {
  record Change(String listener, BackendHealth now) {}

  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Change> checks = new LinkedBlockingQueue<>();

  @Override
  public void checked(String listener, BackendHealth now) {
    checks.add(new Change(listener, now));
  }

  @Override
  public void changed(String listener, BackendHealth now) {
    changes.add(new Change(listener, now));
  }

  /** The next change of a state. */
  BackendHealth change() {
    return poll(changes).now();
  }

  /** The next change, which has to lead here. */
  BackendHealth changeTo(BackendState state) {
    BackendHealth now = change();
    if (now.state() != state) {
      throw new AssertionError("not " + state + " but " + now);
    }
    return now;
  }

  /** The next check that ended. */
  Change check() {
    return poll(checks);
  }

  /** Waits for as many checks that begin after this call. */
  void checks(int count) {
    checks.clear();
    for (int i = 0; i <= count; i++) {
      check();
    }
  }

  boolean quiet() {
    return changes.isEmpty();
  }

  private static <T> T poll(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing happened for 10 s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
