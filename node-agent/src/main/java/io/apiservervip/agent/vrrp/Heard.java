package io.apiservervip.agent.vrrp;

import java.net.InetAddress;

/**
 * The Active that this router listens to.
 *
 * @param priority as last advertised, never 0
 * @param best the highest priority that it advertised while we listened to it: what is missing to
 *     it is its ill health
 * @param lowered its last advert had a lower priority than the one before: a priority 0 that
 *     follows is an offer, to be taken only by a router that is better off
 * @param intervalNanos its advertisement interval
 * @param heardNanos when its last advert arrived
 */
public record Heard(
    InetAddress source,
    Priority priority,
    Priority best,
    boolean lowered,
    long intervalNanos,
    long heardNanos) {

  /** What comes again within so short a time was doubled by the network. */
  static final long DUPLICATE_NANOS = 10_000_000L;

  /** What its health takes from its priority, 0 or less, as far as can be seen from here. */
  int weight() {
    return priority.value() - best.value();
  }

  /** Whether this advert of the same router is the first of a lower priority, or its double. */
  boolean loweredBy(Event.AdvertReceived advert) {
    int change = advert.priority().compareTo(priority);
    boolean doubled =
        lowered && change == 0 && advert.receivedNanos() - heardNanos < DUPLICATE_NANOS;
    return source.equals(advert.source()) && (change < 0 || doubled);
  }
}
