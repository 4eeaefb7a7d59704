package io.apiservervip.e2e.load;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** New connections: connect, one small request, its answer, close; the next at once. */
final class ConnectLoad implements Load {
  private static final long TURN_NANOS = 100_000_000L;

  private final Sockets sockets;
  private final Poller poller;
  private final MemorySegment address;
  private final Window window;
  private final int connections;

  private final MemorySegment request;
  private final MemorySegment answer = Arena.global().allocate(16 << 10, 64);

  /** By socket number: when it began, and bytes of the answer that are missing; 0 unasked. */
  private final long[] begun = new long[1 << 20];

  private final int[] missing = new int[1 << 20];
  private final Histogram times = new Histogram();
  private long failed;

  ConnectLoad(Native system, InetSocketAddress to, Window window, int connections, int bytes) {
    this.sockets = new Sockets(system);
    this.poller = new Poller(system);
    this.address = Sockets.address(to);
    this.window = window;
    this.connections = connections;
    this.request = Arena.global().allocate(bytes, 64);
  }

  @Override
  public Figures run() {
    request.fill(Server.ECHO);
    long now = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      begin(now);
    }
    window.start(now);
    while (!window.over(now)) {
      if (window.begins(now)) {
        times.clear();
        failed = 0;
      }
      int ready = poller.await(TURN_NANOS);
      for (int i = 0; i < ready; i++) {
        advance(poller.fd(i), poller.readable(i));
      }
      now = System.nanoTime();
    }
    Figures figures = new Figures();
    figures.put("connects_s", times.count() / window.seconds());
    figures.put("failed", (double) failed);
    figures.putMicros(times);
    window.tell(figures, "10k", times.count() / 1e4);
    return figures;
  }

  private void begin(long now) {
    int fd = Failure.check("connect", sockets.connect(address));
    begun[fd] = now;
    missing[fd] = 0;
    poller.add(fd, Poller.READ | Poller.WRITE | Poller.EDGE);
  }

  private void advance(int fd, boolean readable) {
    if (missing[fd] == 0 && !readable) {
      missing[fd] = (int) request.byteSize();
      sockets.send(fd, request, 0, request.byteSize());
      return;
    }
    long length = missing[fd] == 0 ? Sockets.ENDED : sockets.receive(fd, answer);
    if (length == Sockets.ENDED) {
      failed++;
      end(fd);
    } else if ((missing[fd] -= (int) length) == 0) {
      times.add(System.nanoTime() - begun[fd]);
      end(fd);
    }
  }

  private void end(int fd) {
    sockets.close(fd);
    begin(System.nanoTime());
  }
}
