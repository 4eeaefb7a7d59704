package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the status port answers, without HTTP. Any thread; reads snapshots only.
 *
 * @param lastBeatNanos when the loop last turned, on {@code clock}
 * @param missing what is not ready yet, a phrase each; empty when ready
 * @param metrics the scrape in the Prometheus text format
 * @param status the JSON of {@link StatusDocument}
 */
public record StatusPages(
    MonotonicClock clock,
    LongSupplier lastBeatNanos,
    Supplier<List<String>> missing,
    Supplier<String> metrics,
    Supplier<String> status) {
  static final List<String> PATHS = List.of("/livez", "/readyz", "/metrics", "/status");
  private static final long BEAT_LIMIT_NANOS = Duration.ofSeconds(1).toNanos();

  Page page(String path) {
    return switch (path) {
      case "/livez" -> livez();
      case "/readyz" -> readyz();
      case "/metrics" -> new Page(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
      case "/status" -> new Page(200, "application/json", status.get());
      default -> Page.text(404, "not found; there are " + String.join(" ", PATHS));
    };
  }

  private Page livez() {
    long age = clock.nanoTime() - lastBeatNanos.getAsLong();
    return age < BEAT_LIMIT_NANOS
        ? Page.text(200, "ok")
        : Page.text(
            503, "the VRRP loop last turned " + Duration.ofNanos(age).toMillis() + " ms ago");
  }

  private Page readyz() {
    List<String> reasons = missing.get();
    return reasons.isEmpty()
        ? Page.text(200, "ok")
        : Page.text(503, "not ready: " + String.join("; ", reasons));
  }

  /** One answer. */
  record Page(int status, String contentType, String body) {
    static Page text(int status, String line) {
      return new Page(status, "text/plain; charset=utf-8", line + "\n");
    }
  }
}
