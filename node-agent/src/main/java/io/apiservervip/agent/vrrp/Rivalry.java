package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an Active remembers of a router of lower priority that advertises beside it. Such a router
 * should fall silent at our next advert; one that goes on does not hear us (one-way partition,
 * filter, one-sided authentication), and then the address is better left to it for a while.
 */
final class Rivalry {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long SLACK = 10 * MILLI;
  private static final int UNHEARD_ADVERTS = 5;

  private @Nullable InetAddress rival;
  private long firstNanos;
  private long lastNanos;
  private int count;
  private long announcedNanos = Long.MIN_VALUE / 2;

  /** Counts one advert of lower priority; true when its sender evidently does not hear us. */
  boolean unheard(Event.AdvertReceived advert, Heard other, long intervalNanos) {
    long at = advert.receivedNanos();
    if (!advert.source().equals(rival) || at - lastNanos > 3 * other.intervalNanos()) {
      rival = advert.source();
      firstNanos = at;
      count = 0;
    }
    lastNanos = at;
    count++;
    return count >= UNHEARD_ADVERTS
        && at - firstNanos > 3 * other.intervalNanos() + intervalNanos + 2 * SLACK;
  }

  /** An answer at most a tenth of an interval, and 10 ms, after the last advert of any kind. */
  static boolean mayAnswer(Step step, long sentNanos) {
    return step.nowNanos() - sentNanos >= Math.max(step.intervalNanos() / 10, SLACK);
  }

  /** A defending announcement at most once a second. */
  boolean mayAnnounce(Step step) {
    if (step.nowNanos() - announcedNanos < SECOND) {
      return false;
    }
    announcedNanos = step.nowNanos();
    return true;
  }
}
