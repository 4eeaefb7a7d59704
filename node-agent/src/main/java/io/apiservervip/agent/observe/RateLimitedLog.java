package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.MonotonicClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Warnings at most once a minute for each key, with the number that were left out since. Remembers
 * 64 keys, the oldest is forgotten first. Any thread.
 */
public final class RateLimitedLog {
  private static final int MAX_KEYS = 64;
  private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

  private final Logger log;
  private final MonotonicClock clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Writes to {@code log}. */
  public RateLimitedLog(Logger log, MonotonicClock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Writes the line unless this key was written within the last minute. */
  public void warn(String key, String message, UnaryOperator<LoggingEventBuilder> pairs) {
    long suppressed = admit(key);
    if (suppressed < 0) {
      return;
    }
    LoggingEventBuilder line = pairs.apply(log.atWarn());
    if (suppressed > 0) {
      line = line.addKeyValue("suppressed", suppressed);
    }
    line.log(message);
  }

  /** How many were left out since the last line, or -1 to leave this one out too. */
  private synchronized long admit(String key) {
    long now = clock.nanoTime();
    @Nullable Entry last = entries.get(key);
    if (last != null && now - last.writtenNanos < INTERVAL_NANOS) {
      last.suppressed++;
      return -1;
    }
    if (last == null && entries.size() == MAX_KEYS) {
      entries.remove(entries.keySet().iterator().next());
    }
    entries.remove(key);
    entries.put(key, new Entry(now));
    return last == null ? 0 : last.suppressed;
  }

  private static final class Entry {
    private final long writtenNanos;
    private long suppressed;

    private Entry(long writtenNanos) {
      this.writtenNanos = writtenNanos;
    }
  }
}
