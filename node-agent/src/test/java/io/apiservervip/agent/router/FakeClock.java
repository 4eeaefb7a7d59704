package io.apiservervip.agent.router;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that moves when a test says so; the time of day runs along. */
final class FakeClock extends Clock implements MonotonicClock {
  static final long MILLI = 1_000_000L;

  private long nanos = 5_000 * MILLI;

  @Override
  public long nanoTime() {
    return nanos;
  }

  void advance(long by) {
    nanos += by;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(1_800_000_000L, nanos);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
