package io.apiservervip.e2e.load;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** Opens connections, a few at a time, and gives them back connected and in no poller. */
final class Opener {
  private static final int AT_ONCE = 64;
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Sockets sockets;
  private final Poller poller;
  private final MemorySegment address;

  Opener(Native system, InetSocketAddress to) {
    this.sockets = new Sockets(system);
    this.poller = new Poller(system);
    this.address = Sockets.address(to);
  }

  /** So many connections; an {@link IllegalStateException} where one of them fails. */
  int[] open(int count) {
    int[] open = new int[count];
    int begun = 0;
    int done = 0;
    while (done < count) {
      while (begun < count && begun - done < AT_ONCE) {
        poller.add(Failure.check("connect", sockets.connect(address)), Poller.WRITE);
        begun++;
      }
      int ready = poller.await(PATIENCE_NANOS);
      if (ready == 0) {
        throw new IllegalStateException("no connection in 5 s, after " + done);
      }
      for (int i = 0; i < ready; i++) {
        if (poller.readable(i)) {
          throw new IllegalStateException("connection refused or lost, after " + done);
        }
        poller.remove(poller.fd(i));
        open[done++] = poller.fd(i);
      }
    }
    return Arrays.copyOf(open, done);
  }
}
