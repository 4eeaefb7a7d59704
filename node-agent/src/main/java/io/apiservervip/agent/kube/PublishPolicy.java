package io.apiservervip.agent.kube;

import io.apiservervip.api.v1alpha1.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * When the entry is to be written: when it says something else than the one that stands there, ten
 * seconds after the last write where only the message does, once a minute, and after a failure with
 * growing pauses, but a second later at most where it says something new. Pure; one thread.
 */
final class PublishPolicy {
  /** Between two writes of the same. */
  static final long HEARTBEAT_NANOS = 60_000_000_000L;

  /** Between two writes of another message and nothing else: two errors may alternate for hours. */
  static final long MESSAGE_NANOS = 10_000_000_000L;

  /** From a failed write to one of something new. */
  static final long NEWS_NANOS = 1_000_000_000L;

  private final Backoff backoff;
  private @Nullable NodeStatus written;
  private @Nullable NodeStatus tried;
  private long writtenNanos;
  private long triedNanos;
  private long retryNanos;
  private boolean failing;

  PublishPolicy(Backoff backoff) {
    this.backoff = backoff;
  }

  /** Whether to write now; {@code entry} is without heartbeat. */
  boolean due(NodeStatus entry, long nowNanos) {
    boolean wanted = news(entry) || other(entry, nowNanos - writtenNanos);
    if (!wanted || !failing) {
      return wanted;
    }
    return nowNanos - retryNanos >= 0
        || (!entry.equals(tried) && nowNanos - triedNanos >= NEWS_NANOS);
  }

  private boolean news(NodeStatus entry) {
    NodeStatus before = written;
    return before == null
        || !NodeStatusAssembly.settled(entry, false)
            .equals(NodeStatusAssembly.settled(before, false));
  }

  private boolean other(NodeStatus entry, long ageNanos) {
    return ageNanos >= HEARTBEAT_NANOS || (ageNanos >= MESSAGE_NANOS && !entry.equals(written));
  }

  void wrote(NodeStatus entry, long nowNanos) {
    written = entry;
    writtenNanos = nowNanos;
    failing = false;
    backoff.worked();
  }

  void failed(NodeStatus entry, long nowNanos) {
    tried = entry;
    triedNanos = nowNanos;
    retryNanos = nowNanos + backoff.failedNanos();
    failing = true;
  }

  /** Another API server is in use: the next write need not wait. */
  void renewed() {
    failing = false;
    backoff.worked();
  }
}
