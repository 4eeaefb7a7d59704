package io.apiservervip.agent;

import io.apiservervip.agent.health.Verdict;
import io.apiservervip.agent.router.AddressCompanion;
import io.apiservervip.agent.router.HandOverResult;
import io.apiservervip.agent.router.HostNetwork;
import io.apiservervip.agent.router.OperatingException;
import io.apiservervip.agent.router.RouterLoop;
import io.apiservervip.agent.router.RouterObserver;
import io.apiservervip.agent.router.RouterSettings;
import io.apiservervip.agent.router.RouterStatus;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One router loop with its thread and its sockets, from start to hand-over. */
final class RouterRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RouterRunner.class);
  private static final long SHUTDOWN_MILLIS = 10_000;

  /** Opens what the loop needs of the host; the one thing that only Linux has. */
  @FunctionalInterface
  interface Host {
    HostNetwork open() throws OperatingException;
  }

  private final HostNetwork network;
  private final RouterLoop loop;

  private RouterRunner(HostNetwork network, RouterLoop loop) {
    this.network = network;
    this.loop = loop;
  }

  /**
   * Starts the loop.
   *
   * @param companion what comes and goes with the addresses
   * @param crashed told when the loop ends by a bug; its addresses are gone by then
   */
  static RouterRunner start(
      Host host,
      RouterSettings settings,
      RouterObserver observer,
      AddressCompanion companion,
      Runnable crashed)
      throws OperatingException {
    HostNetwork network = host.open();
    RouterLoop loop =
        new RouterLoop(network, System::nanoTime, Clock.systemUTC(), observer, companion, settings);
    Thread thread = Thread.ofPlatform().name("router").unstarted(loop);
    thread.setUncaughtExceptionHandler(
        (_, bug) -> {
          LOG.error("the router loop failed; this is a bug, the agent ends", bug);
          crashed.run();
        });
    thread.start();
    return new RouterRunner(network, loop);
  }

  RouterStatus status() {
    return loop.status();
  }

  long beatNanos() {
    return loop.beatNanos();
  }

  void health(Verdict verdict) {
    loop.health(verdict.weight(), verdict.canServe());
  }

  void reconfigure(RouterSettings settings) {
    loop.reconfigure(settings);
  }

  CompletableFuture<HandOverResult> handOver() {
    return loop.handOver();
  }

  /** Hands the address over, takes it off and ends the loop. */
  @Override
  public void close() {
    try {
      if (!loop.shutDown(SHUTDOWN_MILLIS)) {
        LOG.error(
            "the router loop did not end in time; the kernel drops its addresses by lifetime");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    network.close();
  }
}
