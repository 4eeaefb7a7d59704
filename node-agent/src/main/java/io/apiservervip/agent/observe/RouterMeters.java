package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.router.RouterObserver;
import io.apiservervip.agent.router.RouterStatus;
import io.apiservervip.agent.vrrp.ChecksumForm;
import io.apiservervip.agent.vrrp.Rejection;
import io.apiservervip.agent.vrrp.TransitionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of one virtual router, all registered up front, so that the loop thread only adds.
 * Gauges read the snapshot when somebody scrapes.
 */
public final class RouterMeters implements RouterObserver {
  private static final Logger LOG = LoggerFactory.getLogger("router");
  private static final RateLimitedLog WARNINGS = new RateLimitedLog(LOG, System::nanoTime);

  private static final Duration[] LATE_BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(200),
    Duration.ofMillis(500),
    Duration.ofSeconds(1)
  };

  private final AdvertCounters adverts;
  private final EnumCounters<TransitionReason> transitions;
  private final QueueCounters queues;
  private final Counter announcements;
  private final Counter putBack;
  private final Timer late;
  private final RoleHistory history = new RoleHistory(InstantSource.system());

  private RouterMeters(
      AdvertCounters adverts,
      EnumCounters<TransitionReason> transitions,
      QueueCounters queues,
      Counter announcements,
      Counter putBack,
      Timer late) {
    this.adverts = adverts;
    this.transitions = transitions;
    this.queues = queues;
    this.announcements = announcements;
    this.putBack = putBack;
    this.late = late;
  }

  /**
   * Registers every meter.
   *
   * @param queues names that {@link #queueFull} may be called with; any other counts as "other"
   */
  public static RouterMeters register(
      MeterRegistry registry, Supplier<RouterStatus> status, Collection<String> queues) {
    registerGauges(registry, status);
    return new RouterMeters(
        AdvertCounters.register(registry),
        EnumCounters.register(
            registry,
            "apiservervip.vrrp.transitions",
            "reason",
            TransitionReason.class,
            TransitionReason::tag),
        QueueCounters.register(registry, queues),
        registry.counter("apiservervip.neighbor.announcements"),
        registry.counter("apiservervip.address.put_back"),
        Timer.builder("apiservervip.loop.late")
            .serviceLevelObjectives(LATE_BUCKETS)
            .register(registry));
  }

  /** The last role changes. */
  public RoleHistory history() {
    return history;
  }

  @Override
  public void advertSent(boolean resign) {
    (resign ? adverts.resigned() : adverts.sent()).increment();
  }

  @Override
  public void sendFailed(int errno) {
    adverts.failed().increment(SendErrno.of(errno));
  }

  @Override
  public void advertReceived(ChecksumForm form, boolean resign) {
    adverts.received().increment(form);
    if (resign) {
      adverts.resignsHeard().increment();
    }
  }

  @Override
  public void advertRejected(Rejection reason, @Nullable InetAddress source) {
    adverts.rejected().increment(reason);
  }

  @Override
  public void loopLate(long nanos) {
    late.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void announced() {
    announcements.increment();
  }

  @Override
  public void addressPutBack() {
    putBack.increment();
  }

  @Override
  public void roleChanged(Role from, Role to, TransitionReason reason, String detail) {
    transitions.increment(reason);
    history.add(from, to, reason, detail);
    LOG.atInfo()
        .addKeyValue("from", from.text())
        .addKeyValue("to", to.text())
        .addKeyValue("reason", reason.tag())
        .addKeyValue("detail", detail)
        .log("role changed");
  }

  @Override
  public void notice(String text) {
    LOG.info(text);
  }

  @Override
  public void warning(String subject, String text) {
    WARNINGS.warn(subject, text, line -> line);
  }

  @Override
  public void queueFull(String queue) {
    queues.increment(queue);
  }

  private static void registerGauges(MeterRegistry registry, Supplier<RouterStatus> status) {
    for (Role role : Role.values()) {
      Gauge.builder("apiservervip.vrrp.role", () -> status.get().role() == role ? 1 : 0)
          .tag("role", role.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("apiservervip.split_brain", () -> status.get().splitBrain() != null ? 1 : 0)
        .register(registry);
    Gauge.builder("apiservervip.address.owned", () -> status.get().addressOwned() ? 1 : 0)
        .register(registry);
    Gauge.builder("apiservervip.vrrp.priority", () -> status.get().effectivePriority())
        .register(registry);
  }
}
