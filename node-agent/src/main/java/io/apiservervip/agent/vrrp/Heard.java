package io.apiservervip.agent.vrrp;

import java.net.InetAddress;

/**
 * The Active that this router listens to.
 *
 * @param priority as last advertised, never 0
 * @param best the highest priority that it advertised while we listened to it: what is missing to
 *     it is its ill health
 * @param offer whether it offers the address to a router that is better off
 * @param intervalNanos its advertisement interval
 * @param heardNanos when its last advert arrived
 */
public record Heard(
    InetAddress source,
    Priority priority,
    Priority best,
    Offer offer,
    long intervalNanos,
    long heardNanos) {

  /** How far an Active whose health got worse has come with its offer. */
  public enum Offer {
    NONE,
    /** Its last advert had a lower priority than the one before: a priority 0 now is an offer. */
    LOWERED,
    /** It was declined, and the Active has advertised the same priority since. */
    STANDING
  }

  /** What comes again within so short a time was doubled by the network. */
  static final long DUPLICATE_NANOS = 10_000_000L;

  boolean lowered() {
    return offer == Offer.LOWERED;
  }

  /** The same Active after its offer was declined. */
  Heard declined() {
    return new Heard(source, priority, best, Offer.STANDING, intervalNanos, heardNanos);
  }

  /** What its health takes from its priority, 0 or less, as far as can be seen from here. */
  int weight() {
    return priority.value() - best.value();
  }

  /**
   * What becomes of the offer with this advert: the first of a lower priority, or its double, or
   * one more after the offer was declined.
   */
  Offer offerAfter(Event.AdvertReceived advert) {
    int change = advert.priority().compareTo(priority);
    boolean doubled =
        lowered() && change == 0 && advert.receivedNanos() - heardNanos < DUPLICATE_NANOS;
    if (!source.equals(advert.source())) {
      return Offer.NONE;
    }
    if (change < 0 || doubled) {
      return Offer.LOWERED;
    }
    return offer == Offer.STANDING && change == 0 ? Offer.STANDING : Offer.NONE;
  }
}
