package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A companion that cannot harm the addresses: it works in a thread of its own, one call after the
 * other, and the address thread waits for each call a short time only. Where it takes longer, the
 * address goes its way and the companion follows.
 */
final class BoundedCompanion implements AddressCompanion {
  private final AddressCompanion companion;
  private final Executor executor;
  private final long patienceNanos;
  private final Consumer<String> complaints;

  /**
   * @param executor one thread with a bounded queue
   * @param complaints told, in the calling thread, of what failed or took too long
   */
  BoundedCompanion(
      AddressCompanion companion,
      Executor executor,
      long patienceNanos,
      Consumer<String> complaints) {
    this.companion = companion;
    this.executor = executor;
    this.patienceNanos = patienceNanos;
    this.complaints = complaints;
  }

  @Override
  public void arriving(Set<InetAddress> addresses) {
    bounded("before the address came", () -> companion.arriving(addresses));
  }

  @Override
  public void leaving(Set<InetAddress> addresses) {
    bounded("before the address went", () -> companion.leaving(addresses));
  }

  @Override
  public void gone(Set<InetAddress> addresses) {
    bounded("after the address went", () -> companion.gone(addresses));
  }

  private void bounded(String when, Runnable call) {
    FutureTask<Void> task = new FutureTask<>(call, null);
    try {
      executor.execute(task);
      task.get(patienceNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      complaints.accept("work " + when + " takes longer than " + millis() + " ms, nobody waits");
    } catch (ExecutionException e) {
      complaints.accept("work " + when + " failed: " + e.getCause());
    } catch (RejectedExecutionException e) {
      complaints.accept("work " + when + " was dropped: earlier calls have not ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(patienceNanos);
  }
}
