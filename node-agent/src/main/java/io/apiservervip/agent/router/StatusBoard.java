package io.apiservervip.agent.router;

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
  private final SegmentWatch segment;
  private final SplitBrainWatch splitBrain;
  private final Warnings warnings;
  private final PeerTable peers;

  private Role role = Role.INITIALIZE;
  private Instant since;
  private String reason = "starting";
  private long transitions;
  private volatile RouterStatus status;

  StatusBoard(
      Clock wallClock,
      RouterSettings settings,
      SegmentWatch segment,
      SplitBrainWatch splitBrain,
      Warnings warnings,
      PeerTable peers) {
    this.wallClock = wallClock;
    this.segment = segment;
    this.splitBrain = splitBrain;
    this.warnings = warnings;
    this.peers = peers;
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

  Role role() {
    return role;
  }

  /** Notes a change of state; the role may stay the same. */
  void moved(State to, TransitionReason why, String detail, RouterObserver observer) {
    Role next = Machine.roleOf(to);
    reason = detail.isEmpty() ? why.tag() : detail;
    if (next == role) {
      return;
    }
    observer.roleChanged(role, next, why, reason);
    role = next;
    since = wallClock.instant();
    transitions++;
  }

  /** Takes a new snapshot. */
  void publish(Machine machine, RouterSettings settings, boolean addressOwned, long nowNanos) {
    long interval = settings.router().interval().nanos();
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
            peers.snapshot(settings, nowNanos, 4 * interval, now),
            splitBrain.strangers(),
            splitBrain.verdict(nowNanos, settings.lifetimeSeconds(), interval),
            warnings.current(nowNanos));
  }

  private String reason(State state, RouterSettings settings, long nowNanos) {
    boolean conflict = state instanceof Fault fault && fault.cause() == FaultCause.VRID_CONFLICT;
    return conflict
        ? reason
            + "; nothing is sent. Choose another spec.vrrp.virtualRouterId, free here: "
            + segment.free(settings.group().vrid(), nowNanos)
        : reason;
  }
}
