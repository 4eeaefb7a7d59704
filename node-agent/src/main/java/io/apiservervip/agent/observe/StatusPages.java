package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the status port answers, without HTTP. Any thread; reads snapshots only.
 *
 * @param auth who may read what; {@code /livez} and {@code /readyz} are open to everybody, for the
 *     probes of the kubelet
 */
public record StatusPages(Liveness liveness, Contents contents, StatusAuth auth) {
  static final List<String> PATHS =
      List.of("/", "/livez", "/readyz", "/metrics", "/status", "/status?sessions");
  private static final long BEAT_LIMIT_NANOS = Duration.ofSeconds(1).toNanos();

  /**
   * Whether the agent lives, and whether it is ready.
   *
   * @param lastBeatNanos when the loop last turned, on {@code clock}
   * @param missing what is not ready yet, a phrase each; empty when ready
   */
  public record Liveness(
      MonotonicClock clock, LongSupplier lastBeatNanos, Supplier<List<String>> missing) {}

  /**
   * The texts, made anew at each request.
   *
   * @param metrics the scrape in the Prometheus text format
   * @param status the JSON of {@link StatusDocument}
   * @param page the HTML of {@link AgentPage}; the argument says whether it renews itself
   */
  public record Contents(
      Supplier<String> metrics,
      Supplier<String> status,
      AgentPage.Source page,
      SessionSource sessions) {}

  StatusAnswer answer(StatusRequest request) {
    return switch (request.path()) {
      case "/livez" -> livez();
      case "/readyz" -> readyz();
      default -> guarded(request);
    };
  }

  private StatusAnswer livez() {
    long age = liveness.clock().nanoTime() - liveness.lastBeatNanos().getAsLong();
    return age < BEAT_LIMIT_NANOS
        ? StatusAnswer.text(200, "ok")
        : StatusAnswer.text(
            503, "the VRRP loop last turned " + Duration.ofNanos(age).toMillis() + " ms ago");
  }

  private StatusAnswer readyz() {
    List<String> reasons = liveness.missing().get();
    return reasons.isEmpty()
        ? StatusAnswer.text(200, "ok")
        : StatusAnswer.text(503, "not ready: " + String.join("; ", reasons));
  }

  private StatusAnswer guarded(StatusRequest request) {
    return switch (auth.judge(request.authorization())) {
      case StatusAuth.Open _ -> open(request, request.client().isLoopbackAddress());
      case StatusAuth.Admitted _ -> open(request, true);
      case StatusAuth.Refused _ -> StatusAnswer.unauthorized();
      case StatusAuth.Unavailable _ ->
          StatusAnswer.text(503, "the authentication file cannot be used, the log says why");
    };
  }

  private StatusAnswer open(StatusRequest request, boolean maySeeClients) {
    return switch (request.path()) {
      case "/" -> StatusAnswer.page(contents.page().render(!request.asks("pause")));
      case "/metrics" -> StatusAnswer.metrics(contents.metrics().get());
      case "/status" -> request.asks("sessions") ? sessions(maySeeClients) : status();
      default -> StatusAnswer.text(404, "not found; there are " + String.join(" ", PATHS));
    };
  }

  private StatusAnswer status() {
    return StatusAnswer.json(contents.status().get());
  }

  private StatusAnswer sessions(boolean maySeeClients) {
    if (!maySeeClients) {
      return StatusAnswer.text(
          403, "sessions are shown on the loopback address, or with --status-auth-file");
    }
    return SessionsDocument.answer(contents.sessions());
  }
}
