package io.apiservervip.e2e.router;

import io.apiservervip.e2e.lab.Host;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks every agent twice a second whether it claims a split brain, until it is closed. */
final class SplitBrainWitness implements AutoCloseable {
  private static final int PAUSE_MILLIS = 500;

  private final List<Host> hosts;
  private final List<String> claims = new CopyOnWriteArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile boolean closed;

  private SplitBrainWitness(List<Host> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  static SplitBrainWitness of(List<Host> hosts) {
    SplitBrainWitness witness = new SplitBrainWitness(hosts);
    Thread.ofPlatform().daemon().name("split-brain witness").start(witness::run);
    return witness;
  }

  /** Who claimed one, and what it said; empty if nobody ever did. */
  List<String> claims() {
    return List.copyOf(claims);
  }

  /** How often an agent answered. */
  int answers() {
    return answers.get();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        for (Host host : hosts) {
          Optional<AgentStatus> status = AgentStatus.of(host);
          if (status.isPresent()) {
            answers.incrementAndGet();
            status.filter(AgentStatus::splitBrain).ifPresent(s -> claims.add(host + ": " + s));
          }
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
