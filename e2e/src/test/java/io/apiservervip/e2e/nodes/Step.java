package io.apiservervip.e2e.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiservervip.e2e.lab.Host;
import io.apiservervip.e2e.lab.Lab;
import io.apiservervip.e2e.probe.TlsProbe;
import java.io.IOException;
import java.time.Duration;

/**
 * One step of a release's life, seen by two clients: one asks through the virtual address, the
 * other an API server directly. What this one misses the machine itself spoils: three nodes, four
 * API servers and all that starts share its cores.
 */
final class Step implements AutoCloseable {
  /** A crash or a silent cut with the defaults; anything else is shorter. */
  private static final Duration CUT = Duration.ofMillis(400);

  private static final Duration UNDER_WAY = Duration.ofMillis(500);

  private final String name;
  private final TlsProbe door;
  private final TlsProbe direct;
  private final long begunNanos = System.nanoTime();

  private Step(String name, TlsProbe door, TlsProbe direct) {
    this.name = name;
    this.door = door;
    this.direct = direct;
  }

  /**
   * Begins it.
   *
   * @param active whose API server is not asked directly
   */
  static Step begin(String name, TlsProbe door, Lab lab, String active) throws IOException {
    Host other =
        lab.hosts().stream().filter(host -> !host.node().equals(active)).findFirst().orElseThrow();
    return new Step(
        name,
        door,
        TlsProbe.start(lab.client().namespace(), other.ipv4(), 6443, TlsProbe.Pace.GENTLE));
  }

  /** A line for the summary. */
  void tell(String what) {
    tell(name, what + " after " + "%.1f s".formatted((System.nanoTime() - begunNanos) / 1e9));
  }

  static void tell(String step, String what) {
    System.out.println("CAMPAIGN real nodes, " + step + ": " + what);
  }

  /**
   * The door kept what it promises up to now.
   *
   * @param most so many may have been under way at a move of the address
   */
  void holds(int most) throws InterruptedException {
    long end = System.nanoTime() - UNDER_WAY.toNanos();
    DoorFigures seen = DoorFigures.of(door.between(begunNanos, end));
    DoorFigures beside = DoorFigures.of(direct.between(begunNanos, end));
    tell(name, seen + "; directly " + beside);
    assertThat(seen.failed()).as("failed").isLessThanOrEqualTo(most + beside.failed());
    assertThat(seen.gap()).as("gap").isLessThan(CUT.plus(beside.gap()));
  }

  @Override
  public void close() {
    direct.close();
  }
}
