package io.apiservervip.agent.vrrp;

/**
 * Advertisement interval in centiseconds, the unit of version 3 (12 bits, 1..4095; RFC 9568
 * §5.2.7). Version 2 carries whole seconds, 1..255, which this type holds as 100..25500.
 */
public record AdvertisementInterval(int centiseconds) {
  private static final long NANOS_PER_CENTISECOND = 10_000_000L;

  public AdvertisementInterval {
    if (centiseconds < 1 || centiseconds > 25_500) {
      throw new IllegalArgumentException(
          "advertisement interval " + centiseconds + " cs is not in 1..25500");
    }
  }

  /** The interval in nanoseconds. */
  public long nanos() {
    return centiseconds * NANOS_PER_CENTISECOND;
  }
}
