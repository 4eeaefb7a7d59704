package io.apiservervip.agent.preflight;

import io.apiservervip.agent.vrrp.Cast;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one other member in one family. Owned by the survey's thread; read when that has
 * ended.
 */
final class PeerSightings {
  private static final long RECENT_NANOS = 2_000_000_000L;

  /** Ways in which its messages got through to a program of this host. */
  private final Set<Cast> heard = EnumSet.noneOf(Cast.class);

  /** Ways in which its messages reached the interface. */
  private final Set<Cast> reached = EnumSet.noneOf(Cast.class);

  private @Nullable ProbeMessage last;
  private long firstNanos;
  private long lastNanos;
  private boolean adverts;
  private SegmentTap.@Nullable Unreachable unreachable;
  private long unreachableNanos;
  private int sendErrno;

  void probe(ProbeMessage message, Cast way, long nowNanos) {
    heard.add(way);
    firstNanos = last == null ? nowNanos : firstNanos;
    lastNanos = nowNanos;
    last = message;
  }

  void advert(Cast way) {
    heard.add(way);
    adverts = true;
  }

  void tapped(Cast way) {
    reached.add(way);
  }

  void unreachable(SegmentTap.Unreachable told, long nowNanos) {
    unreachable = told;
    unreachableNanos = nowNanos;
  }

  void sendFailed(int errno) {
    sendErrno = errno;
  }

  boolean heard(Cast way) {
    return heard.contains(way);
  }

  boolean reached(Cast way) {
    return reached.contains(way);
  }

  boolean adverts() {
    return adverts;
  }

  /** What its preflight said last; null where none was heard. */
  @Nullable ProbeMessage last() {
    return last;
  }

  /** How long its preflight was heard. */
  long heardNanos() {
    return lastNanos - firstNanos;
  }

  /** What ICMP said of it last, if that was within 2 s: a kernel says it once a second. */
  SegmentTap.@Nullable Unreachable unreachable(long nowNanos) {
    return nowNanos - unreachableNanos <= RECENT_NANOS ? unreachable : null;
  }

  int sendErrno() {
    return sendErrno;
  }

  /** Whether its preflight and this one hear each other in that way. */
  boolean bothWays(String self, Cast way) {
    ProbeMessage said = last;
    return heard.contains(way) && said != null && said.hears(self, way);
  }
}
