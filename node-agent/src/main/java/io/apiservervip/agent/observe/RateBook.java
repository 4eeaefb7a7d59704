package io.apiservervip.agent.observe;

import io.apiservervip.agent.observe.Traffic.Rate;
import io.apiservervip.agentapi.BackendAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes rates of counters: keeps two samples, so that a rate always spans some seconds however
 * often somebody asks. One thread at a time.
 */
final class RateBook {
  /** Between two samples. */
  static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long SHORTEST_NANOS = INTERVAL_NANOS / 2;

  private @Nullable Sample older;
  private @Nullable Sample newer;

  private record Sample(long nanos, Map<String, Map<BackendAddress, BackendTotals>> totals) {}

  /** Keeps the counters as a sample, unless the last one is younger than the interval. */
  void sample(Map<String, Map<BackendAddress, BackendTotals>> totals, long nowNanos) {
    Sample last = newer;
    if (last == null || nowNanos - last.nanos >= INTERVAL_NANOS) {
      older = last;
      newer = new Sample(nowNanos, Map.copyOf(totals));
    }
  }

  /** The counters now, with their rates since the youngest sample that is old enough. */
  Map<String, Map<BackendAddress, Traffic>> rates(
      Map<String, Map<BackendAddress, BackendTotals>> totals, long nowNanos) {
    Sample base = base(nowNanos);
    Map<String, Map<BackendAddress, Traffic>> all = HashMap.newHashMap(totals.size());
    totals.forEach(
        (listener, backends) -> {
          Map<BackendAddress, Traffic> of = HashMap.newHashMap(backends.size());
          backends.forEach(
              (address, now) ->
                  of.put(address, new Traffic(now, rate(base, listener, address, now, nowNanos))));
          all.put(listener, of);
        });
    return all;
  }

  private @Nullable Sample base(long nowNanos) {
    Sample last = newer;
    return last != null && nowNanos - last.nanos < SHORTEST_NANOS ? older : last;
  }

  private static @Nullable Rate rate(
      @Nullable Sample base,
      String listener,
      BackendAddress address,
      BackendTotals now,
      long nowNanos) {
    if (base == null) {
      return null;
    }
    BackendTotals then =
        base.totals.getOrDefault(listener, Map.of()).getOrDefault(address, BackendTotals.NONE);
    double seconds = (nowNanos - base.nanos) / 1e9;
    return new Rate(
        (now.connections() - then.connections()) / seconds,
        (now.fromClient() - then.fromClient()) / seconds,
        (now.toClient() - then.toClient()) / seconds);
  }
}
