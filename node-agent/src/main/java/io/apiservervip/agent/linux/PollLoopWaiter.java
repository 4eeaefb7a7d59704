package io.apiservervip.agent.linux;

import io.apiservervip.agent.router.LoopWaiter;
import io.apiservervip.agent.router.OperatingException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Sleeps in ppoll(2) over an eventfd(2) and the registered sockets.
 *
 * <p>{@link #await} belongs to the loop thread; the rest may be called from any.
 */
final class PollLoopWaiter implements LoopWaiter {
  private static final int MOST_SOCKETS = 1024;
  private static final int POLLFD = 8;
  private static final short POLLIN = 1;
  private static final int EFD_FLAGS = Descriptor.NONBLOCK | Descriptor.CLOEXEC;

  private final Kernel kernel;
  private final int eventFd;
  private final Set<Integer> sockets = new LinkedHashSet<>();
  private final NativeMemory polled;
  private final NativeMemory timeout;
  private final NativeMemory counter;
  private final NativeMemory one;
  private int polledCount;
  private boolean changed = true;
  private boolean closed;

  private PollLoopWaiter(Kernel kernel, int eventFd) {
    this.kernel = kernel;
    this.eventFd = eventFd;
    polled = NativeMemory.allocate(kernel, POLLFD * (MOST_SOCKETS + 1));
    timeout = NativeMemory.allocate(kernel, 16);
    counter = NativeMemory.allocate(kernel, 8);
    one = NativeMemory.allocate(kernel, 8);
    one.bytes.putLong(0, 1);
  }

  static PollLoopWaiter open(Kernel kernel) throws OperatingException {
    int fd = kernel.libc().eventfd(0, EFD_FLAGS);
    if (fd < 0) {
      throw kernel.failure("eventfd", "of the loop");
    }
    return new PollLoopWaiter(kernel, fd);
  }

  @Override
  public void await(long timeoutNanos) {
    int count = prepare();
    if (count == 0) {
      return;
    }
    long bounded = Math.max(0, timeoutNanos);
    timeout.bytes.putLong(0, bounded / 1_000_000_000).putLong(8, bounded % 1_000_000_000);
    int ready = kernel.libc().ppoll(polled.address, count, timeout.address, 0);
    if (ready > 0 && polled.bytes.getShort(6) != 0) {
      clearCounter();
    }
  }

  @Override
  public synchronized void wake() {
    if (!closed) {
      kernel.libc().write(eventFd, one.address, 8);
    }
  }

  /** Polls a socket from the next {@link #await} on. */
  synchronized void add(int fd) {
    if (sockets.size() >= MOST_SOCKETS) {
      throw new IllegalStateException("more than " + MOST_SOCKETS + " sockets are open");
    }
    changed |= sockets.add(fd);
    wake();
  }

  /** Polls a socket no longer; called before it is closed. */
  synchronized void remove(int fd) {
    changed |= sockets.remove(fd);
  }

  private synchronized int prepare() {
    if (closed) {
      return 0;
    }
    if (changed) {
      changed = false;
      polledCount = 0;
      watch(eventFd);
      sockets.forEach(this::watch);
    }
    return polledCount;
  }

  private void watch(int fd) {
    int at = POLLFD * polledCount++;
    polled.bytes.putInt(at, fd).putShort(at + 4, POLLIN).putShort(at + 6, (short) 0);
  }

  private synchronized void clearCounter() {
    if (!closed) {
      kernel.libc().read(eventFd, counter.address, 8);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      wake();
      closed = true;
      kernel.libc().close(eventFd);
    }
  }
}
