package io.apiservervip.agent.health;

import io.apiservervip.agentapi.HealthCheckConfig;
import java.time.Duration;

/**
 * Keeps the news that the holder of the addresses got worse until every other node had the time to
 * find the same: checks notice a loss at different times, and an address that moved to a node that
 * is as sick a second later moved for nothing. Meanwhile the holder's balancer serves from whatever
 * is up. Whoever holds nothing tells at once, as does a holder that got better or cannot serve.
 * Pure; one thread.
 */
public final class WorseNews {
  private Verdict told = new Verdict(0, true, "");
  private int pending;
  private long sinceNanos;

  /**
   * How long other nodes' checks may take to find what this node's have found: all of {@code fall}
   * checks in a row, the first of them one interval late. Failed connects of clients count too, and
   * only the holder has clients.
   */
  public static Duration patience(HealthCheckConfig check) {
    Duration timeout = check.probe().timeout();
    Duration longer = timeout.compareTo(check.interval()) > 0 ? timeout : check.interval();
    return longer.multipliedBy(check.fall()).plus(check.interval());
  }

  /**
   * What to tell the election now.
   *
   * @param found how well the node is off
   * @param holder whether it holds the addresses
   * @param patienceNanos how long a holder keeps worse news
   */
  public Verdict toTell(Verdict found, boolean holder, long patienceNanos, long nowNanos) {
    if (!holder || !found.canServe() || found.weight() >= told.weight()) {
      return tell(found);
    }
    if (found.weight() < pending) {
      pending = found.weight();
      sinceNanos = nowNanos;
    }
    return nowNanos - sinceNanos < patienceNanos ? told : tell(found);
  }

  private Verdict tell(Verdict found) {
    told = found;
    pending = found.weight();
    return found;
  }
}
