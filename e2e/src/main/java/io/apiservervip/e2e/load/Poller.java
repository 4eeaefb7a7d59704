package io.apiservervip.e2e.load;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An epoll instance, level-triggered, and the events of its last wait. The datum of an event is the
 * socket's own number. One owner thread.
 */
final class Poller {
  static final int READ = 1;
  static final int WRITE = 4;

  /** Tell of a change once: EPOLLET. */
  static final int EDGE = 1 << 31;

  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int LIMIT = 256;

  /** {@code struct epoll_event}: events (u32), data (u64), packed on x86-64 alone. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final int SIZE = PACKED ? 12 : 16;
  private static final int DATA = PACKED ? 4 : 8;

  private final Native system;
  private final int epoll;
  private final MemorySegment change = Arena.global().allocate(SIZE, 8);
  private final MemorySegment events = Arena.global().allocate((long) SIZE * LIMIT, 8);
  private final MemorySegment timespec = Arena.global().allocate(16, 8);

  Poller(Native system) {
    this.system = system;
    this.epoll = Failure.check("epoll_create1", system.epollCreate());
  }

  void add(int fd, int interest) {
    control(ADD, fd, interest);
  }

  void modify(int fd, int interest) {
    control(MODIFY, fd, interest);
  }

  void remove(int fd) {
    control(DELETE, fd, 0);
  }

  /** Waits at most so long and returns how many events there are. */
  int await(long nanos) {
    long bounded = Math.max(0, nanos);
    timespec.set(ValueLayout.JAVA_LONG, 0, bounded / 1_000_000_000L);
    timespec.set(ValueLayout.JAVA_LONG, 8, bounded % 1_000_000_000L);
    int count = system.epollWait(epoll, events.address(), LIMIT, timespec.address());
    return Math.max(0, count);
  }

  int fd(int index) {
    return events.get(ValueLayout.JAVA_INT_UNALIGNED, (long) index * SIZE + DATA);
  }

  /** Whether the event allows more than reading; errors and hang-ups count as readable. */
  boolean writable(int index) {
    return (events.get(ValueLayout.JAVA_INT_UNALIGNED, (long) index * SIZE) & WRITE) != 0;
  }

  boolean readable(int index) {
    return (events.get(ValueLayout.JAVA_INT_UNALIGNED, (long) index * SIZE) & ~WRITE) != 0;
  }

  private void control(int operation, int fd, int interest) {
    change.set(ValueLayout.JAVA_INT_UNALIGNED, 0, interest);
    change.set(ValueLayout.JAVA_LONG_UNALIGNED, DATA, fd);
    Failure.check("epoll_ctl", system.epollControl(epoll, operation, fd, change.address()));
  }
}
