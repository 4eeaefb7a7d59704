package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.MonotonicClock;
import io.apiservervip.agentapi.BackendAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is shown of the proxy up to date: gauges, rates, and the end of meters whose backend
 * is gone. Any thread, one at a time.
 */
public final class ProxyWatch {
  private final ProxyMeters meters;
  private final ProxyGauges gauges;
  private final Supplier<@Nullable ProxyView> view;
  private final MonotonicClock clock;
  private final RateBook rates = new RateBook();
  private @Nullable Long lastTurn;

  private ProxyWatch(
      ProxyMeters meters,
      ProxyGauges gauges,
      Supplier<@Nullable ProxyView> view,
      MonotonicClock clock) {
    this.meters = meters;
    this.gauges = gauges;
    this.view = view;
    this.clock = clock;
  }

  /** Registers the gauges; {@code view} yields null while no proxy runs. */
  public static ProxyWatch register(
      MeterRegistry registry,
      ProxyMeters meters,
      Supplier<@Nullable ProxyView> view,
      MonotonicClock clock) {
    return new ProxyWatch(meters, new ProxyGauges(registry), view, clock);
  }

  /** To be called now and then, as by the main loop; does something every 5 s. */
  public synchronized void turn() {
    long now = clock.nanoTime();
    Long last = lastTurn;
    if (last != null && now - last < RateBook.INTERVAL_NANOS) {
      return;
    }
    lastTurn = now;
    ProxyView shown = view.get();
    if (shown != null) {
      meters.keep(shown.listeners());
    }
    rates.sample(meters.totals(), now);
  }

  /** A scrape with the gauges of this moment. */
  public synchronized String scrape(Supplier<String> registry) {
    turn();
    gauges.show(view.get());
    return registry.get();
  }

  /** What each backend does, by listener and address. */
  public synchronized Map<String, Map<BackendAddress, Traffic>> traffic() {
    turn();
    return rates.rates(meters.totals(), clock.nanoTime());
  }
}
