package io.apiservervip.agent.proxy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What each server of one listener carries, over all event loops; by the server's place.
 *
 * <p>A server that left a SYN unanswered is silent for a second. Then one client tries it, and the
 * others wait for what comes of that as long again: of those who come while its checks have not
 * found it down yet, only the first and one a second wait for a hedge.
 */
final class Loads implements LoadOf {
  private static final long SILENT_NANOS = 1_000_000_000L;

  private final AtomicIntegerArray active = new AtomicIntegerArray(ServerPool.MAX_SERVERS);
  private final AtomicIntegerArray pending = new AtomicIntegerArray(ServerPool.MAX_SERVERS);

  /** Until when it is silent; 0: it is not. */
  private final AtomicLongArray silentUntilNanos = new AtomicLongArray(ServerPool.MAX_SERVERS);

  @Override
  public int active(int index) {
    return active.get(index);
  }

  @Override
  public int pending(int index) {
    return pending.get(index);
  }

  @Override
  public boolean silent(int index, long nowNanos) {
    long until = silentUntilNanos.get(index);
    return until != 0 && until - nowNanos > 0;
  }

  void dialling(int index, long nowNanos) {
    pending.incrementAndGet(index);
    if (silentUntilNanos.get(index) != 0) {
      unanswered(index, nowNanos);
    }
  }

  /** A SYN to it was not answered in time. */
  void unanswered(int index, long nowNanos) {
    silentUntilNanos.set(index, (nowNanos + SILENT_NANOS) | 1);
  }

  void connected(int index) {
    silentUntilNanos.set(index, 0);
    pending.decrementAndGet(index);
    active.incrementAndGet(index);
  }

  void notConnected(int index) {
    pending.decrementAndGet(index);
  }

  void ended(int index) {
    active.decrementAndGet(index);
  }

  /** Bits of the places that carry something. */
  long inUse() {
    long bits = 0;
    for (int i = 0; i < ServerPool.MAX_SERVERS; i++) {
      if (active.get(i) + pending.get(i) > 0) {
        bits |= 1L << i;
      }
    }
    return bits;
  }
}
