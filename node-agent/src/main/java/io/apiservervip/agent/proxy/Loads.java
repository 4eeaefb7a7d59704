package io.apiservervip.agent.proxy;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** What each server of one listener carries, over all event loops; by the server's place. */
final class Loads implements LoadOf {
  private final AtomicIntegerArray active = new AtomicIntegerArray(ServerPool.MAX_SERVERS);
  private final AtomicIntegerArray pending = new AtomicIntegerArray(ServerPool.MAX_SERVERS);

  @Override
  public int active(int index) {
    return active.get(index);
  }

  @Override
  public int pending(int index) {
    return pending.get(index);
  }

  void dialling(int index) {
    pending.incrementAndGet(index);
  }

  void connected(int index) {
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
