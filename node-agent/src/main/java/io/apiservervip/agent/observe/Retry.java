package io.apiservervip.agent.observe;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tries something once on the caller's thread, then on a thread of its own until it works. */
final class Retry implements AutoCloseable {
  private final String name;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean firstAttempt = true;

  Retry(String name, Duration interval) {
    this.name = name;
    this.interval = interval;
  }

  void untilTrue(BooleanSupplier attempt) {
    boolean done = attempt.getAsBoolean();
    firstAttempt = false;
    if (!done) {
      Thread.ofPlatform().name(name).daemon().start(() -> repeat(attempt));
    }
  }

  /** For a log line that is written once, not at each attempt. */
  boolean firstAttempt() {
    return firstAttempt;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void repeat(BooleanSupplier attempt) {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        if (attempt.getAsBoolean()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
