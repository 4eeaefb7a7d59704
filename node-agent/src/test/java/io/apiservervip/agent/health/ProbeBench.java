package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.CheckType;
import io.netty.channel.IoEventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs probes on an event loop and waits for what they find; its clock moves by hand. */
final class ProbeBench implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final IoEventLoopGroup group;
  private final AtomicLong now = new AtomicLong();
  private final ProbeTransport transport;
  private final List<Probe> probes = new ArrayList<>();

  ProbeBench(IoEventLoopGroup group) {
    this.group = group;
    this.transport = new ProbeTransport(group, "9.9.9", now::get);
  }

  /** One that waits as long as a test may. */
  Probe probe(CheckType type, BackendAddress address) {
    return probe(type, address, PATIENCE);
  }

  Probe probe(CheckType type, BackendAddress address, Duration timeout) {
    Probe probe =
        new Probe(transport, address, new HealthCheckConfig.Probe(type, "/readyz", timeout));
    probes.add(probe);
    return probe;
  }

  CheckResult check(Probe probe) {
    return await(begin(probe));
  }

  CompletableFuture<CheckResult> begin(Probe probe) {
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    on(() -> probe.check(result::complete));
    return result;
  }

  void on(Runnable task) {
    await(CompletableFuture.runAsync(task, transport.loop()));
  }

  void advance(Duration by) {
    now.addAndGet(by.toNanos());
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis() + 5_000, TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    on(() -> probes.forEach(Probe::close));
    transport.awaitClosed(PATIENCE.toNanos());
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
