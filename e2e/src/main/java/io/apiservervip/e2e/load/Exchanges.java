package io.apiservervip.e2e.load;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Requests on their way, one a connection, by socket number. One owner thread. */
final class Exchanges {
  private final Sockets sockets;
  private final MemorySegment request;
  private final MemorySegment answer = Arena.global().allocate(16 << 10, 64);
  private final long[] asked = new long[1 << 20];
  private final int[] missing = new int[1 << 20];

  Exchanges(Sockets sockets, int bytes) {
    this.sockets = sockets;
    this.request = Arena.global().allocate(bytes, 64);
    request.fill(Server.ECHO);
  }

  void ask(int fd, long nowNanos) {
    asked[fd] = nowNanos;
    missing[fd] = (int) request.byteSize();
    if (sockets.send(fd, request, 0, request.byteSize()) != request.byteSize()) {
      throw new IllegalStateException("a connection took no request");
    }
  }

  /** Receives what there is; true at the last byte of an answer. */
  boolean answered(int fd) {
    long length = sockets.receive(fd, answer);
    if (length == Sockets.ENDED || length > missing[fd]) {
      throw new IllegalStateException(length < 0 ? "a connection ended" : "more than was asked");
    }
    missing[fd] -= (int) length;
    return length > 0 && missing[fd] == 0;
  }

  long askedNanos(int fd) {
    return asked[fd];
  }
}
