package io.apiservervip.operator;

import io.apiservervip.agent.kube.ApiFailure;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps the controllers running while this replica leads. They are begun anew after
 * each move of the connection and after a failure of their own, 2 s later at the earliest; what
 * fails never ends the process.
 */
final class ReignLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReignLoop.class);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int DISTINCT_CHARS = 100;
  private static final int MOST_CHARS = 1000;
  private static final long JOIN_MILLIS = 10_000;

  /** What runs while this replica leads. */
  interface Reign extends AutoCloseable {
    /** What it still waits for, a phrase; empty when it works. */
    String missing();

    @Override
    void close();
  }

  /** Begins one reign on the connection as it is now. */
  @FunctionalInterface
  interface Beginning {
    /**
     * Begins it.
     *
     * @param restart to be called when it must begin anew; returns at once
     */
    Reign begin(Runnable restart);
  }

  private final Beginning beginning;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean leading;
  private boolean closed;
  private long wish;
  private volatile String complaint = "";
  private volatile @Nullable Reign reign;
  private @Nullable Thread thread;

  /** Not yet running. */
  ReignLoop(Beginning beginning) {
    this.beginning = beginning;
  }

  void start() {
    thread = Thread.ofPlatform().name("reign").daemon().start(this::run);
  }

  /** This replica leads, or leads no longer; any thread. */
  void leading(boolean now) {
    lock.lock();
    try {
      leading = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The controllers begin anew if they run; any thread. */
  void restart() {
    lock.lock();
    try {
      wish++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What runs now; null while this replica does not lead. */
  @Nullable Reign reign() {
    return reign;
  }

  /** Why the controllers could not begin the last time; empty: they did, or were not asked to. */
  String trouble() {
    return complaint;
  }

  /** Ends the controllers, then the loop. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (thread != null) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (turn()) {}
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /** One reign, from its beginning to its end; false after {@link #close}. */
  private boolean turn() throws InterruptedException {
    long mine = awaitLeading();
    if (mine < 0) {
      return false;
    }
    boolean begun = begin();
    awaitEnd(mine, begun);
    end();
    return true;
  }

  private long awaitLeading() throws InterruptedException {
    lock.lock();
    try {
      while (!leading && !closed) {
        changed.await();
      }
      return closed ? -1 : wish;
    } finally {
      lock.unlock();
    }
  }

  private boolean begin() {
    try {
      reign = beginning.begin(this::restart);
      complaint = "";
      LOG.atInfo().log("controllers run");
      return true;
    } catch (RuntimeException e) {
      String words = e instanceof IllegalStateException ? e.getMessage() : null;
      complain(words == null ? ApiFailure.text(e) : words);
      return false;
    }
  }

  /** One log line for each other trouble, not one an attempt; long texts vary at their end. */
  private void complain(String now) {
    String before = complaint;
    complaint = now.substring(0, Math.min(now.length(), MOST_CHARS));
    if (!head(before).equals(head(complaint))) {
      LOG.atWarn()
          .addKeyValue("error", complaint)
          .log("controllers cannot begin, retrying every 2 s");
    }
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), DISTINCT_CHARS));
  }

  /** Until the leading ends, something asks for a new beginning, or a failed one may be retried. */
  private void awaitEnd(long mine, boolean begun) throws InterruptedException {
    long left = RETRY_NANOS;
    lock.lock();
    try {
      while (leading && !closed && wish == mine && (begun || left > 0)) {
        left = changed.awaitNanos(begun ? IDLE_NANOS : left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    Reign running = reign;
    reign = null;
    if (running != null) {
      try {
        running.close();
      } catch (RuntimeException e) {
        LOG.atWarn()
            .addKeyValue("error", ApiFailure.text(e))
            .log("controllers did not end in order");
      }
      LOG.atInfo().log("controllers ended");
    }
  }
}
