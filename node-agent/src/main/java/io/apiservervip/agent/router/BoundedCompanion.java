package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A companion that cannot harm the addresses: it works in a thread of its own, one call after the
 * other, and the address thread waits for each a short time only. Where it takes longer, the
 * address goes its way, and the companion follows.
 */
final class BoundedCompanion implements AddressCompanion {
  private static final long PATIENCE_MILLIS = 50;
  private static final long IDLE_SECONDS = 10;
  private static final int MOST_WAITING = 8;

  private final AddressCompanion companion;
  private final Executor executor;
  private final long patienceMillis;
  private final Consumer<AddressKeeper.Result> results;

  /**
   * @param executor one thread with a bounded queue
   * @param results told, in the calling thread, of what failed or took too long
   */
  BoundedCompanion(
      AddressCompanion companion,
      Executor executor,
      long patienceMillis,
      Consumer<AddressKeeper.Result> results) {
    this.companion = companion;
    this.executor = executor;
    this.patienceMillis = patienceMillis;
    this.results = results;
  }

  /** With a thread that exists while there is work for it; none at all for no companion. */
  static AddressCompanion around(
      AddressCompanion companion, Consumer<AddressKeeper.Result> results) {
    if (companion.equals(NONE)) {
      return NONE;
    }
    Executor executor =
        new ThreadPoolExecutor(
            0,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("companion").daemon().factory());
    return new BoundedCompanion(companion, executor, PATIENCE_MILLIS, results);
  }

  @Override
  public void arriving(Set<InetAddress> addresses) {
    bounded("before an address comes", () -> companion.arriving(addresses));
  }

  @Override
  public void leaving(Set<InetAddress> addresses) {
    bounded("before an address goes", () -> companion.leaving(addresses));
  }

  @Override
  public void gone(Set<InetAddress> addresses) {
    bounded("after an address went", () -> companion.gone(addresses));
  }

  private void bounded(String when, Runnable call) {
    FutureTask<Void> task = new FutureTask<>(call, null);
    try {
      executor.execute(task);
      task.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      complain(when, "takes longer than " + patienceMillis + " ms; the address does not wait");
    } catch (ExecutionException e) {
      complain(when, "failed: " + e.getCause());
    } catch (RejectedExecutionException e) {
      complain(when, "was dropped: earlier work has not ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void complain(String when, String what) {
    results.accept(new AddressKeeper.Result.CompanionFailed("what is done " + when + " " + what));
  }
}
