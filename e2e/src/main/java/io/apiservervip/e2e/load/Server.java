package io.apiservervip.e2e.load;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The backend: what it does with a connection is told by the first byte that comes: {@code E} sends
 * every byte back, {@code S} sends without end, {@code K} forgets what it gets. One thread.
 */
final class Server implements AutoCloseable {
  static final byte ECHO = 'E';
  static final byte SOURCE = 'S';
  static final byte SINK = 'K';

  /** Bytes that one call moves; more would not fit the sockets' buffers. */
  static final int CHUNK = 256 << 10;

  private static final int CONNECTIONS = 1 << 20;
  private static final long TURN_NANOS = 500_000_000L;

  private final Sockets sockets;
  private final Poller poller;
  private final int listener;

  /** By socket number: 0 before the first byte. */
  private final byte[] kinds = new byte[CONNECTIONS];

  private final MemorySegment small = Arena.global().allocate(16 << 10, 64);
  private final MemorySegment big = Arena.global().allocate(CHUNK, 4096);

  Server(Native system, int port) {
    this.sockets = new Sockets(system);
    this.poller = new Poller(system);
    this.listener = sockets.listen(port);
    poller.add(listener, Poller.READ);
  }

  /** Until the thread is interrupted; half a second later at most. */
  void run() {
    while (!Thread.currentThread().isInterrupted()) {
      int count = poller.await(TURN_NANOS);
      for (int i = 0; i < count; i++) {
        int fd = poller.fd(i);
        if (fd == listener) {
          accept();
        } else if (kinds[fd] == SOURCE) {
          fill(fd, poller.readable(i));
        } else if (kinds[fd] == SINK) {
          endIf(sockets.discard(fd, 4 * CHUNK) == Sockets.ENDED, fd);
        } else {
          echo(fd);
        }
      }
    }
  }

  /** After {@link #run} has returned: the port is free again. */
  @Override
  public void close() {
    sockets.close(listener);
  }

  private void accept() {
    for (int fd = sockets.accept(listener); fd >= 0; fd = sockets.accept(listener)) {
      kinds[fd] = 0;
      poller.add(fd, Poller.READ);
    }
  }

  /**
   * An answer never exceeds what the socket's buffer takes: clients wait for one before the next.
   */
  private void echo(int fd) {
    long length = sockets.receive(fd, small);
    if (length <= 0) {
      endIf(length == Sockets.ENDED, fd);
      return;
    }
    if (kinds[fd] == 0) {
      kinds[fd] = small.get(ValueLayout.JAVA_BYTE, 0);
    }
    if (kinds[fd] == ECHO) {
      endIf(sockets.send(fd, small, 0, length) != length, fd);
    } else if (kinds[fd] == SOURCE) {
      poller.modify(fd, Poller.READ | Poller.WRITE);
    }
  }

  private void fill(int fd, boolean readable) {
    if (readable && sockets.discard(fd, CHUNK) == Sockets.ENDED) {
      endIf(true, fd);
    } else {
      endIf(sockets.send(fd, big, 0, CHUNK) == Sockets.ENDED, fd);
    }
  }

  private void endIf(boolean ended, int fd) {
    if (ended) {
      kinds[fd] = 0;
      sockets.close(fd);
    }
  }
}
