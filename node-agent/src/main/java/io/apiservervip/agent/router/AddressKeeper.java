package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The address thread: brings virtual addresses onto the interface, renews their kernel lifetime and
 * takes them off. It exists because each of these calls may wait for the kernel's RTNL lock, which
 * the loop must not.
 *
 * <p>The lifetime is a dead man's switch: it is renewed every third of it, and only while the loop
 * gave a sign of life within that time, so that a frozen loop loses the address by the kernel's
 * hand. There is one wish at a time; a newer one replaces it.
 */
final class AddressKeeper implements Runnable {

  /** What came of it; handed to the loop. */
  sealed interface Result {
    record Installed(long wish) implements Result {}

    record Failed(long wish, String detail) implements Result {}

    /** The lifetime ran out before it could be renewed. */
    record Expired(long wish) implements Result {}

    /** An address that is not wanted any more is still there; it is tried again. */
    record NotRemoved(String detail) implements Result {}

    /** What comes and goes with the addresses failed or took too long; they went their way. */
    record CompanionFailed(String detail) implements Result {}

    /** The dump that was asked for. */
    record Dumped(long request, LinkSnapshot snapshot) implements Result {}

    /** The dump failed; it is to be asked for again. */
    record DumpFailed(String detail) implements Result {}
  }

  /** All that is to be done at one moment. */
  private record Work(AddressWish wish, boolean asked, boolean heir, boolean last, long dump) {}

  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final int LAST_ATTEMPTS = 3;

  private final LinkWatcher links;
  private final MonotonicClock clock;
  private final LongSupplier loopBeat;
  private final Consumer<Result> results;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ExpectedRemovals removals;
  private final PlacedAddresses placed;

  /** Written under {@link #lock}. */
  private volatile AddressWish wish = AddressWish.nothing(0);

  /** Guarded by {@link #lock}: the wish is to be carried out and answered. */
  private boolean fresh;

  /** Guarded by {@link #lock}: number of the full dump that is wanted; 0 for none. */
  private long dump;

  /** Guarded by {@link #lock}: left by an earlier life, to be looked after from now on. */
  private final Set<PlacedAddresses.Placed> inherited = new HashSet<>();

  /** Guarded by {@link #lock}. */
  private boolean closed;

  private volatile long renewedNanos;
  private volatile @Nullable Throwable failure;

  /** Address thread alone: when something was last tried. */
  private long triedNanos;

  /**
   * @param placed works with the same {@code removals} and {@code results}
   */
  AddressKeeper(
      PlacedAddresses placed,
      ExpectedRemovals removals,
      LinkWatcher links,
      MonotonicClock clock,
      LongSupplier loopBeat,
      Consumer<Result> results) {
    this.placed = placed;
    this.removals = removals;
    this.links = links;
    this.clock = clock;
    this.loopBeat = loopBeat;
    this.results = results;
  }

  /** Wants exactly these addresses on this interface. Loop thread. */
  void hold(int interfaceIndex, List<VirtualAddress> addresses, int lifetimeSeconds) {
    change(new AddressWish(wish.number() + 1, interfaceIndex, addresses, lifetimeSeconds), false);
  }

  /** Wants no address anywhere. Loop thread. */
  void release() {
    change(AddressWish.nothing(wish.number() + 1), false);
  }

  /** Takes the addresses off and ends the thread; the caller joins it. Loop thread. */
  void close() {
    change(AddressWish.nothing(wish.number() + 1), true);
  }

  private void change(AddressWish next, boolean last) {
    lock.lock();
    try {
      wish = next;
      fresh = true;
      closed |= last;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** An earlier life put this address there: it goes unless it is wanted. Loop thread. */
  void inherit(int interfaceIndex, VirtualAddress address) {
    lock.lock();
    try {
      inherited.add(new PlacedAddresses.Placed(interfaceIndex, address));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Wants a full dump of links and addresses; answered with the request's number. Loop thread. */
  void requestDump(long request) {
    lock.lock();
    try {
      dump = request;
      removals.forget();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether an answer belongs to what is wanted now. Loop thread. */
  boolean isCurrent(long number) {
    return wish.number() == number;
  }

  /** Whether a removal that the kernel reports was ours; each is asked about once. Loop thread. */
  boolean expectedRemoval(int interfaceIndex, InetAddress address) {
    return removals.settle(interfaceIndex, address);
  }

  /** When the lifetime was last renewed. Any thread. */
  long renewedNanos() {
    return renewedNanos;
  }

  /** The bug that ended this thread; null while there is none. Any thread. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        awaitWork();
        more = work();
      }
    } catch (RuntimeException | Error bug) {
      placed.abandon(bug);
      failure = bug;
    }
  }

  private void awaitWork() {
    lock.lock();
    try {
      long left = untilDueNanos();
      while (!fresh && dump == 0 && inherited.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      close();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does what is due now.
   *
   * @return false after the last of it
   */
  boolean work() {
    Work work = take();
    if (work.asked() || untilDueNanos() <= 0) {
      triedNanos = clock.nanoTime();
      carryOut(work.wish(), work.asked());
    } else if (work.heir()) {
      placed.removeAllBut(work.wish());
    }
    for (int i = 1; work.last() && !placed.isEmpty() && i < LAST_ATTEMPTS; i++) {
      placed.removeAllBut(work.wish());
    }
    if (work.dump() != 0) {
      dump(work.dump());
    }
    return !work.last();
  }

  private void dump(long request) {
    try {
      results.accept(new Result.Dumped(request, links.snapshot()));
    } catch (OperatingException e) {
      results.accept(new Result.DumpFailed(String.valueOf(e.getMessage())));
    }
  }

  private Work take() {
    lock.lock();
    try {
      return new Work(wish, fresh, placed.inherit(inherited), closed, dump);
    } finally {
      inherited.clear();
      fresh = false;
      dump = 0;
      lock.unlock();
    }
  }

  /** Time until a lifetime is to be renewed or a removal tried again. Address thread. */
  private long untilDueNanos() {
    AddressWish current = wish;
    long pause = current.mortal() ? current.lifetimeNanos() / 3 : Long.MAX_VALUE;
    if (placed.exceeds(current)) {
      pause = Math.min(pause, RETRY_NANOS);
    }
    return pause == Long.MAX_VALUE ? pause : pause - (clock.nanoTime() - triedNanos);
  }

  private void carryOut(AddressWish current, boolean asked) {
    if (!asked && current.mortal()) {
      if (triedNanos - renewedNanos >= current.lifetimeNanos()) {
        results.accept(new Result.Expired(current.number()));
        return;
      }
      if (triedNanos - loopBeat.getAsLong() >= current.lifetimeNanos() / 3) {
        return;
      }
    }
    placed.removeAllBut(current);
    if (!current.addresses().isEmpty() && placed.put(current)) {
      renewedNanos = triedNanos;
      if (asked) {
        results.accept(new Result.Installed(current.number()));
      }
    }
  }
}
