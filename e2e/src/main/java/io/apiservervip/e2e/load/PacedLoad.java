package io.apiservervip.e2e.load;

import java.util.ArrayDeque;

/**
 * Small requests at a fixed rate, whatever the answers do: a time counts from when its request was
 * due, so that a stall is felt by all that it delayed.
 */
final class PacedLoad implements Load {
  private static final int PR_SET_TIMERSLACK = 29;

  private final Native system;
  private final Opener opener;
  private final Window window;
  private final int connections;
  private final Request request;

  /** What is asked, and how often a second. */
  record Request(int bytes, int rate) {}

  PacedLoad(Native system, Opener opener, Window window, int connections, Request request) {
    this.system = system;
    this.opener = opener;
    this.window = window;
    this.connections = connections;
    this.request = request;
  }

  @Override
  public Figures run() {
    system.processControl(PR_SET_TIMERSLACK, 1);
    Poller poller = new Poller(system);
    Histogram times = new Histogram();
    Exchanges exchanges = new Exchanges(new Sockets(system), request.bytes());
    ArrayDeque<Integer> free = new ArrayDeque<>(connections);
    for (int fd : opener.open(connections)) {
      poller.add(fd, Poller.READ);
      free.addLast(fd);
    }
    long pause = 1_000_000_000L / request.rate();
    long now = System.nanoTime();
    long due = now + pause;
    window.start(now);
    while (!window.over(now)) {
      if (window.begins(now)) {
        times.clear();
      }
      for (; due <= now && !free.isEmpty(); due += pause) {
        exchanges.ask(free.removeFirst(), due);
      }
      int ready = poller.await(free.isEmpty() ? pause : due - System.nanoTime());
      now = System.nanoTime();
      for (int i = 0; i < ready; i++) {
        int fd = poller.fd(i);
        if (exchanges.answered(fd)) {
          times.add(now - exchanges.askedNanos(fd));
          free.addLast(fd);
        }
      }
    }
    Figures figures = new Figures();
    figures.put("requests_s", times.count() / window.seconds());
    figures.putMicros(times);
    window.tell(figures, "100k", times.count() / 1e5);
    return figures;
  }
}
