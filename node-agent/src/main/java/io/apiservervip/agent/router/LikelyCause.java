package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Rejection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Why two routers may not hear each other, judged by what was rejected within the last ten seconds.
 * Owned by the loop thread.
 */
final class LikelyCause {
  private static final long RECENT_NANOS = 10_000_000_000L;
  private static final long NEVER = Long.MIN_VALUE / 2;

  /** When a packet was last rejected for one reason; changed in place, so that floods are cheap. */
  private static final class Seen {
    private long nanos = NEVER;
  }

  private final Map<Rejection, Seen> rejected = new EnumMap<>(Rejection.class);

  private static final Map<Rejection, String> SENTENCES = new EnumMap<>(Rejection.class);

  static {
    SENTENCES.put(Rejection.AUTH_FAILURE, "the passwords differ");
    SENTENCES.put(Rejection.AUTH_TYPE_MISMATCH, "one of them uses a password, the other does not");
    SENTENCES.put(Rejection.VERSION_MISMATCH, "the VRRP versions differ");
    SENTENCES.put(Rejection.INTERVAL_MISMATCH, "the advertisement intervals differ");
    SENTENCES.put(Rejection.UNKNOWN_VRID, "a member uses another virtualRouterId");
    SENTENCES.put(Rejection.NOT_A_MEMBER, "the sender is not among the members");
    SENTENCES.put(Rejection.FOREIGN_ROUTER, "the virtual addresses have none in common");
    SENTENCES.put(Rejection.BAD_CHECKSUM, "the checksums are wrong");
    SENTENCES.put(Rejection.WRONG_CAST, "one sends multicast, the other unicast");
    SENTENCES.put(Rejection.BAD_TTL, "the adverts come through a router (TTL is not 255)");
  }

  void rejected(Rejection reason, long nowNanos) {
    rejected.computeIfAbsent(reason, _ -> new Seen()).nanos = nowNanos;
  }

  /** The cause, or {@code otherwise} where nothing was rejected lately. */
  String text(long nowNanos, String otherwise) {
    Rejection latest = null;
    long at = nowNanos - RECENT_NANOS;
    for (Map.Entry<Rejection, Seen> entry : rejected.entrySet()) {
      if (entry.getValue().nanos > at && SENTENCES.containsKey(entry.getKey())) {
        latest = entry.getKey();
        at = entry.getValue().nanos;
      }
    }
    return latest == null
        ? otherwise
        : SENTENCES.get(latest) + " (adverts are rejected here as " + latest.tag() + ")";
  }
}
