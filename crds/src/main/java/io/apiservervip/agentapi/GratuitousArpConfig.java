package io.apiservervip.agentapi;

import java.time.Duration;

/**
 * Gratuitous ARP and unsolicited neighbour advertisements.
 *
 * @param count frames spread over the first seconds after a take-over
 * @param refresh time between later ones; zero: never
 */
public record GratuitousArpConfig(int count, Duration refresh) {
  public GratuitousArpConfig {
    Require.range("gratuitousArp.count", count, 1, 30);
    Require.notNegative("gratuitousArp.refresh", refresh);
  }
}
