package io.apiservervip.e2e.load;

/** Small requests on kept connections, each the next as soon as the answer is there. */
final class RequestLoad implements Load {
  private static final long TURN_NANOS = 100_000_000L;

  private final Native system;
  private final Opener opener;
  private final Window window;
  private final int connections;
  private final int bytes;

  RequestLoad(Native system, Opener opener, Window window, int connections, int bytes) {
    this.system = system;
    this.opener = opener;
    this.window = window;
    this.connections = connections;
    this.bytes = bytes;
  }

  @Override
  public Figures run() {
    Poller poller = new Poller(system);
    Histogram times = new Histogram();
    Exchanges exchanges = new Exchanges(new Sockets(system), bytes);
    for (int fd : opener.open(connections)) {
      poller.add(fd, Poller.READ);
      exchanges.ask(fd, System.nanoTime());
    }
    long now = System.nanoTime();
    window.start(now);
    while (!window.over(now)) {
      if (window.begins(now)) {
        times.clear();
      }
      int ready = poller.await(TURN_NANOS);
      for (int i = 0; i < ready; i++) {
        int fd = poller.fd(i);
        if (exchanges.answered(fd)) {
          now = System.nanoTime();
          times.add(now - exchanges.askedNanos(fd));
          exchanges.ask(fd, now);
        }
      }
      now = System.nanoTime();
    }
    Figures figures = new Figures();
    figures.put("requests_s", times.count() / window.seconds());
    figures.putMicros(times);
    window.tell(figures, "100k", times.count() / 1e5);
    return figures;
  }
}
