package io.apiservervip.e2e.load;

import java.util.Optional;

/** Connections that exchanged one small request and then stay silent: what does each cost? */
final class IdleLoad implements Load {
  private static final int BATCH = 64;
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Native system;
  private final Opener opener;
  private final int connections;
  private final double seconds;
  private final Optional<ProcessCost> process;

  IdleLoad(
      Native system,
      Opener opener,
      int connections,
      double seconds,
      Optional<ProcessCost> process) {
    this.system = system;
    this.opener = opener;
    this.connections = connections;
    this.seconds = seconds;
    this.process = process;
  }

  @Override
  public Figures run() {
    Figures figures = new Figures();
    Poller poller = new Poller(system);
    Exchanges exchanges = new Exchanges(new Sockets(system), 64);
    long before = resident();
    long start = System.nanoTime();
    for (int done = 0; done < connections; done += BATCH) {
      exchange(poller, exchanges, opener.open(Math.min(BATCH, connections - done)));
    }
    figures.put("connections", connections);
    figures.put("open_s", (System.nanoTime() - start) / 1e9);
    hold(poller);
    process.ifPresent(
        p -> {
          long after = p.residentKilobytes();
          figures.put("rss_before_kb", (double) before);
          figures.put("rss_kb", (double) after);
          figures.put("kb_per_connection", (after - before) / (double) connections);
        });
    return figures;
  }

  private static void exchange(Poller poller, Exchanges exchanges, int[] fds) {
    for (int fd : fds) {
      poller.add(fd, Poller.READ);
      exchanges.ask(fd, System.nanoTime());
    }
    for (int answered = 0; answered < fds.length; ) {
      int ready = poller.await(PATIENCE_NANOS);
      if (ready == 0) {
        throw new IllegalStateException("no answer in 5 s");
      }
      for (int i = 0; i < ready; i++) {
        answered += exchanges.answered(poller.fd(i)) ? 1 : 0;
      }
    }
  }

  private void hold(Poller poller) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      if (poller.await(end - now) > 0) {
        throw new IllegalStateException("a connection ended that was to stay");
      }
    }
  }

  private long resident() {
    return process.map(ProcessCost::residentKilobytes).orElse(0L);
  }
}
