package io.apiservervip.agent.router;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

    /** The dump that was asked for. */
    record Dumped(long request, LinkSnapshot snapshot) implements Result {}

    /** The dump failed; it is to be asked for again. */
    record DumpFailed(String detail) implements Result {}
  }

  /** Addresses wanted on an interface; none to give all of them up. */
  private record Wish(
      long number, int interfaceIndex, List<VirtualAddress> addresses, int lifetimeSeconds) {
    boolean mortal() {
      return !addresses.isEmpty() && lifetimeSeconds != 0;
    }

    long lifetimeNanos() {
      return TimeUnit.SECONDS.toNanos(lifetimeSeconds);
    }

    boolean wants(Placed placed) {
      return interfaceIndex == placed.interfaceIndex() && addresses.contains(placed.address());
    }
  }

  /** What may be on an interface because of us. */
  private record Placed(int interfaceIndex, VirtualAddress address) {}

  /** All that is to be done at one moment. */
  private record Work(Wish wish, boolean asked, boolean heir, boolean last, long dump) {}

  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final int LAST_ATTEMPTS = 3;

  private final AddressTable table;
  private final LinkWatcher links;
  private final MonotonicClock clock;
  private final LongSupplier loopBeat;
  private final Consumer<Result> results;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ExpectedRemovals removals = new ExpectedRemovals();

  /** Written under {@link #lock}. */
  private volatile Wish wish = new Wish(0, 0, List.of(), 0);

  /** Guarded by {@link #lock}: the wish is to be carried out and answered. */
  private boolean fresh;

  /** Guarded by {@link #lock}: number of the full dump that is wanted; 0 for none. */
  private long dump;

  /** Guarded by {@link #lock}: left by an earlier life, to be looked after from now on. */
  private final Set<Placed> inherited = new HashSet<>();

  /** Guarded by {@link #lock}. */
  private boolean closed;

  private volatile long renewedNanos;
  private volatile @Nullable Throwable failure;

  /** Address thread alone: when something was last tried. */
  private long triedNanos;

  private final Set<Placed> placed = new HashSet<>();

  AddressKeeper(
      AddressTable table,
      LinkWatcher links,
      MonotonicClock clock,
      LongSupplier loopBeat,
      Consumer<Result> results) {
    this.table = table;
    this.links = links;
    this.clock = clock;
    this.loopBeat = loopBeat;
    this.results = results;
  }

  /** Wants exactly these addresses on this interface. Loop thread. */
  void hold(int interfaceIndex, List<VirtualAddress> addresses, int lifetimeSeconds) {
    change(new Wish(wish.number() + 1, interfaceIndex, addresses, lifetimeSeconds), false);
  }

  /** Wants no address anywhere. Loop thread. */
  void release() {
    change(new Wish(wish.number() + 1, 0, List.of(), 0), false);
  }

  /** Takes the addresses off and ends the thread; the caller joins it. Loop thread. */
  void close() {
    change(new Wish(wish.number() + 1, 0, List.of(), 0), true);
  }

  private void change(Wish next, boolean last) {
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
      inherited.add(new Placed(interfaceIndex, address));
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
      abandon(bug);
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
      removeAllBut(work.wish());
    }
    for (int i = 1; work.last() && !placed.isEmpty() && i < LAST_ATTEMPTS; i++) {
      removeAllBut(work.wish());
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
      return new Work(wish, fresh, placed.addAll(inherited), closed, dump);
    } finally {
      inherited.clear();
      fresh = false;
      dump = 0;
      lock.unlock();
    }
  }

  /** Time until a lifetime is to be renewed or a removal tried again. Address thread. */
  private long untilDueNanos() {
    Wish current = wish;
    long pause = current.mortal() ? current.lifetimeNanos() / 3 : Long.MAX_VALUE;
    for (Placed old : placed) {
      pause = current.wants(old) ? pause : Math.min(pause, RETRY_NANOS);
    }
    return pause == Long.MAX_VALUE ? pause : pause - (clock.nanoTime() - triedNanos);
  }

  private void carryOut(Wish current, boolean asked) {
    if (!asked && current.mortal()) {
      if (triedNanos - renewedNanos >= current.lifetimeNanos()) {
        results.accept(new Result.Expired(current.number()));
        return;
      }
      if (triedNanos - loopBeat.getAsLong() >= current.lifetimeNanos() / 3) {
        return;
      }
    }
    removeAllBut(current);
    if (!current.addresses().isEmpty()) {
      put(current, asked);
    }
  }

  private void put(Wish current, boolean asked) {
    try {
      for (VirtualAddress address : current.addresses()) {
        placed.add(new Placed(current.interfaceIndex(), address));
        table.put(current.interfaceIndex(), address, current.lifetimeSeconds());
      }
      renewedNanos = triedNanos;
      if (asked) {
        results.accept(new Result.Installed(current.number()));
      }
    } catch (OperatingException e) {
      results.accept(new Result.Failed(current.number(), String.valueOf(e.getMessage())));
    }
  }

  /** What cannot be removed stands in nobody's way: the rest goes on, and it is tried again. */
  private void removeAllBut(Wish current) {
    for (Placed old : List.copyOf(placed)) {
      if (current.wants(old)) {
        continue;
      }
      try {
        remove(old);
      } catch (OperatingException e) {
        results.accept(new Result.NotRemoved(String.valueOf(e.getMessage())));
      }
    }
  }

  private void remove(Placed old) throws OperatingException {
    InetAddress address = old.address().address();
    removals.expect(old.interfaceIndex(), address);
    boolean there = false;
    try {
      there = table.remove(old.interfaceIndex(), old.address());
    } finally {
      if (!there) {
        removals.settle(old.interfaceIndex(), address);
      }
    }
    placed.remove(old);
  }

  /** A bug: the addresses go, and what else fails on the way is noted with it. */
  private void abandon(Throwable bug) {
    for (Placed old : List.copyOf(placed)) {
      try {
        remove(old);
      } catch (OperatingException | RuntimeException e) {
        if (!e.equals(bug)) {
          bug.addSuppressed(e);
        }
      }
    }
  }
}
