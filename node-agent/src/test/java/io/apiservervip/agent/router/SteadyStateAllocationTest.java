package io.apiservervip.agent.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** A turn with one advert allocates at most 2 KB, the snapshot for status included. */
class SteadyStateAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int TURNS = 20_000;

  private final Lab lab = new Lab();
  private final Lab.Node active = lab.add(Nets.node(1, 200));
  private final Lab.Node backup = lab.add(Nets.node(2, 150));

  /** Bytes for each advert, of the code under test and of the fakes together. */
  private static long perAdvert(Runnable turn) {
    for (int i = 0; i < TURNS; i++) {
      turn.run();
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TURNS; i++) {
      turn.run();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / TURNS;
  }

  @Test
  void activeWithOneAdvertOut() {
    lab.run(2_000);
    int sent = active.observer.sent;
    long bytes = perAdvert(() -> advertOut(active));
    assertThat(active.observer.sent - sent).isGreaterThanOrEqualTo(2 * TURNS);
    assertThat(bytes).isBetween(1L, 2_048L);
  }

  private void advertOut(Lab.Node node) {
    lab.clock.advance(100 * FakeClock.MILLI);
    node.host.kernel.expire();
    node.loop.keeper().work();
    node.loop.turn();
    node.host.log.clear();
  }

  @Test
  void backupWithOneAdvertIn() {
    lab.run(2_000);
    byte[] message = Checksums.pseudo(Nets.bytes(0x31, 51, 200, 1, 0, 10, 0, 0, 10, 0, 0, 50), 1);
    InetAddress group = Nets.ip("224.0.0.18");
    int received = backup.observer.received;
    long bytes =
        perAdvert(
            () -> {
              lab.clock.advance(100 * FakeClock.MILLI);
              backup.host.deliver(Nets.host(1), group, message);
              backup.loop.turn();
            });
    assertThat(backup.observer.received - received).isEqualTo(2 * TURNS);
    assertThat(backup.role()).isEqualTo(Role.BACKUP);
    assertThat(bytes).isBetween(1L, 2_048L);
  }
}
