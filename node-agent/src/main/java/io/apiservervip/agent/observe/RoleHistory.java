package io.apiservervip.agent.observe;

import io.apiservervip.agent.router.Role;
import io.apiservervip.agent.vrrp.TransitionReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last role changes of this process, 16 of them. Written by the loop thread, read by any. */
public final class RoleHistory {
  private static final int SIZE = 16;

  private final InstantSource clock;
  private final Deque<Change> newestFirst = new ArrayDeque<>(SIZE);

  RoleHistory(InstantSource clock) {
    this.clock = clock;
  }

  /** One role change; the detail is a sentence. */
  public record Change(Instant at, Role from, Role to, TransitionReason reason, String detail) {}

  synchronized void add(Role from, Role to, TransitionReason reason, String detail) {
    if (newestFirst.size() == SIZE) {
      newestFirst.removeLast();
    }
    newestFirst.addFirst(new Change(clock.instant(), from, to, reason, detail));
  }

  /** The newest first. */
  public synchronized List<Change> changes() {
    return List.copyOf(newestFirst);
  }
}
