package io.apiservervip.agent.kube;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where threads wait for an API server to be in use. Any thread. */
final class SessionGate implements ApiListener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable ApiSession session;

  @Override
  public void connected(ApiSession next) {
    set(next);
  }

  @Override
  public void lost(ApiSession old, String reason) {
    set(null);
  }

  /** The session in use, once there is one. */
  ApiSession await() throws InterruptedException {
    lock.lock();
    try {
      ApiSession now = session;
      while (now == null) {
        changed.await();
        now = session;
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long, or until another session than this one is in use. */
  void pause(ApiSession failed, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && session == failed) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void set(@Nullable ApiSession next) {
    lock.lock();
    try {
      session = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
