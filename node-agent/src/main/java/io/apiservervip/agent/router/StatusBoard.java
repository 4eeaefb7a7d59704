package io.apiservervip.agent.router;

import io.apiservervip.agent.vrrp.Active;
import io.apiservervip.agent.vrrp.Fault;
import io.apiservervip.agent.vrrp.FaultCause;
import io.apiservervip.agent.vrrp.State;
import io.apiservervip.agent.vrrp.TransitionReason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Keeps the snapshot that the world sees. Written by the loop thread; {@link #status} is read by
 * any.
 */
final class StatusBoard {
  private final Clock wallClock;
  private final Neighbours neighbours;
  private final RouterObserver observer;

  private Role role = Role.INITIALIZE;
  private Instant since;
  private String reason = "starting";
  private long transitions;
  private boolean stale;
  private volatile RouterStatus status;

  StatusBoard(
      Clock wallClock, RouterSettings settings, Neighbours neighbours, RouterObserver observer) {
    this.wallClock = wallClock;
    this.neighbours = neighbours;
    this.observer = observer;
    this.since = wallClock.instant();
    int priority = settings.router().standing().priority().value();
    this.status =
        new RouterStatus(
            role, since, reason, null, null, priority, priority, null, false, 0, List.of(),
            List.of(), null, List.of());
  }

  RouterStatus status() {
    return status;
  }

  Neighbours neighbours() {
    return neighbours;
  }

  Role role() {
    return role;
  }

  /** Whether there is something that must not wait for the next regular snapshot. */
  boolean stale() {
    return stale;
  }

  void setStale() {
    stale = true;
  }

  /** Notes a change of state; the role may stay the same. */
  void moved(State to, TransitionReason why, String detail) {
    Role next = Machine.roleOf(to);
    reason = detail.isEmpty() ? why.tag() : detail;
    stale = true;
    if (next == role) {
      return;
    }
    observer.roleChanged(role, next, why, reason);
    role = next;
    since = wallClock.instant();
    transitions++;
  }

  /** Takes a new snapshot. */
  void publish(Machine machine, boolean addressOwned, long nowNanos) {
    stale = false;
    RouterSettings settings = machine.settings();
    boolean weAreActive = machine.state() instanceof Active;
    Instant now = wallClock.instant();
    Attachment attachment = machine.attachment();
    status =
        new RouterStatus(
            role,
            since,
            reason(machine.state(), settings, nowNanos),
            attachment == null ? null : attachment.link().name(),
            attachment == null ? null : attachment.link().mac(),
            settings.router().standing().priority().value(),
            machine.effectivePriority(),
            machine.activeSource(nowNanos),
            addressOwned,
            transitions,
            neighbours.peers().snapshot(settings, nowNanos, now),
            neighbours.splitBrain().strangers(),
            neighbours.splitBrain().verdict(weAreActive, settings, nowNanos),
            neighbours.warnings().current(nowNanos));
  }

  /** One fault may follow another without a change of state: the latest is told. */
  private String reason(State state, RouterSettings settings, long nowNanos) {
    if (!(state instanceof Fault fault)) {
      return reason;
    }
    return fault.cause() == FaultCause.VRID_CONFLICT
        ? fault.detail()
            + "; nothing is sent. Choose another spec.vrrp.virtualRouterId, free here: "
            + neighbours.segment().free(settings.group().vrid(), nowNanos)
        : fault.detail();
  }
}
