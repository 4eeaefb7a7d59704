package io.apiservervip.agent.router;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
 * hand.
 */
final class AddressKeeper implements Runnable {

  /** What came of it; handed to the loop. */
  sealed interface Result {
    record Installed() implements Result {}

    record Failed(String detail) implements Result {}

    /** The lifetime ran out before it could be renewed. */
    record Expired() implements Result {}

    /** The dump that was asked for. */
    record Dumped(LinkSnapshot snapshot) implements Result {}

    /** The dump failed; it is to be asked for again. */
    record DumpFailed(String detail) implements Result {}
  }

  /** Addresses wanted on an interface. */
  private record Wish(int interfaceIndex, List<VirtualAddress> addresses, int lifetimeSeconds) {}

  private static final long RETRY_NANOS = 1_000_000_000L;

  private final AddressTable table;
  private final LinkWatcher links;
  private final MonotonicClock clock;
  private final LongSupplier loopBeat;
  private final Consumer<Result> results;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger expectedRemovals = new AtomicInteger();

  /** Guarded by {@link #lock}. */
  private @Nullable Wish wish;

  /** Guarded by {@link #lock}: the wish is to be carried out and answered. */
  private boolean fresh;

  /** Guarded by {@link #lock}: a full dump of links and addresses is wanted. */
  private boolean dump;

  /** Guarded by {@link #lock}. */
  private boolean closed;

  private volatile long renewedNanos;

  /** Address thread alone: when something was last tried. */
  private long triedNanos;

  /** Address thread alone: what may be on an interface because of us. */
  private final Set<Placed> placed = new HashSet<>();

  private record Placed(int interfaceIndex, VirtualAddress address) {}

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

  /** Wants exactly these addresses on this interface. Any thread. */
  void hold(int interfaceIndex, List<VirtualAddress> addresses, int lifetimeSeconds) {
    change(new Wish(interfaceIndex, addresses, lifetimeSeconds));
  }

  /** Wants no address anywhere. Any thread. */
  void release() {
    change(null);
  }

  /** Wants a full dump of links and addresses. Any thread. */
  void requestDump() {
    lock.lock();
    try {
      dump = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void change(@Nullable Wish next) {
    lock.lock();
    try {
      wish = next;
      fresh = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a removal that the kernel reports was ours; each is asked about once. Loop thread. */
  boolean expectedRemoval() {
    return expectedRemovals.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }

  /** When the lifetime was last renewed. Any thread. */
  long renewedNanos() {
    return renewedNanos;
  }

  /** Takes the addresses off and ends the thread; the caller joins it. */
  void close() {
    lock.lock();
    try {
      wish = null;
      fresh = true;
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    boolean last = false;
    while (!last) {
      Wish current;
      boolean asked;
      boolean dumped;
      lock.lock();
      try {
        awaitWork();
        current = wish;
        asked = fresh;
        dumped = dump;
        last = closed;
        fresh = false;
        dump = false;
      } finally {
        lock.unlock();
      }
      carryOut(current, asked);
      if (dumped) {
        dump();
      }
    }
  }

  private void dump() {
    try {
      results.accept(new Result.Dumped(links.snapshot()));
    } catch (OperatingException e) {
      results.accept(new Result.DumpFailed(String.valueOf(e.getMessage())));
    }
  }

  /** Waits for a wish, or until something is to be renewed or tried again. Under the lock. */
  private void awaitWork() {
    long left = pauseNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : untilNanos(pauseNanos());
    try {
      while (!fresh && !dump && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      wish = null;
      closed = true;
    }
  }

  private long untilNanos(long pause) {
    return triedNanos + pause - clock.nanoTime();
  }

  private long pauseNanos() {
    if (wish == null) {
      return placed.isEmpty() ? Long.MAX_VALUE : RETRY_NANOS;
    }
    return renewalNanos(wish);
  }

  private static long renewalNanos(Wish wish) {
    return wish.lifetimeSeconds() == 0
        ? Long.MAX_VALUE
        : TimeUnit.SECONDS.toNanos(wish.lifetimeSeconds()) / 3;
  }

  private void carryOut(@Nullable Wish current, boolean asked) {
    triedNanos = clock.nanoTime();
    if (current != null && !asked) {
      if (expired(current)) {
        results.accept(new Result.Expired());
        return;
      }
      if (!loopAlive(current)) {
        return;
      }
    }
    try {
      removeAllBut(current);
      if (current != null) {
        put(current);
        if (asked) {
          results.accept(new Result.Installed());
        }
      }
    } catch (OperatingException e) {
      results.accept(new Result.Failed(String.valueOf(e.getMessage())));
    }
  }

  private void put(Wish current) throws OperatingException {
    for (VirtualAddress address : current.addresses()) {
      placed.add(new Placed(current.interfaceIndex(), address));
      table.put(current.interfaceIndex(), address, current.lifetimeSeconds());
    }
    renewedNanos = triedNanos;
  }

  private boolean expired(Wish current) {
    return current.lifetimeSeconds() != 0
        && triedNanos - renewedNanos >= TimeUnit.SECONDS.toNanos(current.lifetimeSeconds());
  }

  private boolean loopAlive(Wish current) {
    return clock.nanoTime() - loopBeat.getAsLong() < renewalNanos(current);
  }

  private void removeAllBut(@Nullable Wish current) throws OperatingException {
    for (Placed old : List.copyOf(placed)) {
      boolean wanted =
          current != null
              && current.interfaceIndex() == old.interfaceIndex()
              && current.addresses().contains(old.address());
      if (!wanted) {
        remove(old);
      }
    }
  }

  private void remove(Placed old) throws OperatingException {
    expectedRemovals.incrementAndGet();
    boolean there = false;
    try {
      there = table.remove(old.interfaceIndex(), old.address());
    } finally {
      if (!there) {
        expectedRemovals.decrementAndGet();
      }
    }
    placed.remove(old);
  }
}
