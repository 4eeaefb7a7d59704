package io.apiservervip.e2e.load;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Bytes without end in one direction over a few connections. */
final class StreamLoad implements Load {
  private static final long TURN_NANOS = 100_000_000L;

  private final Native system;
  private final Opener opener;
  private final Window window;
  private final int connections;
  private final boolean up;

  StreamLoad(Native system, Opener opener, Window window, int connections, boolean up) {
    this.system = system;
    this.opener = opener;
    this.window = window;
    this.connections = connections;
    this.up = up;
  }

  @Override
  public Figures run() {
    Sockets sockets = new Sockets(system);
    Poller poller = new Poller(system);
    MemorySegment chunk = Arena.global().allocate(Server.CHUNK, 4096);
    chunk.fill(up ? Server.SINK : Server.SOURCE);
    for (int fd : opener.open(connections)) {
      sockets.send(fd, chunk, 0, 1);
      poller.add(fd, up ? Poller.WRITE : Poller.READ);
    }
    long bytes = 0;
    long now = System.nanoTime();
    window.start(now);
    while (!window.over(now)) {
      if (window.begins(now)) {
        bytes = 0;
      }
      int ready = poller.await(TURN_NANOS);
      for (int i = 0; i < ready; i++) {
        bytes += moved(sockets, poller.fd(i), chunk);
      }
      now = System.nanoTime();
    }
    double gigabytes = bytes / 1e9;
    Figures figures = new Figures();
    figures.put("gb_s", gigabytes / window.seconds());
    window.tell(figures, "gb", gigabytes);
    return figures;
  }

  private long moved(Sockets sockets, int fd, MemorySegment chunk) {
    long moved =
        up ? sockets.send(fd, chunk, 0, Server.CHUNK) : sockets.discard(fd, 4 * Server.CHUNK);
    if (moved == Sockets.ENDED) {
      throw new IllegalStateException("a stream ended");
    }
    return moved;
  }
}
