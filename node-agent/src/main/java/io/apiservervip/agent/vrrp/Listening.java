package io.apiservervip.agent.vrrp;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Before the first advert of this process on this segment: only listens, so that a neighbour's
 * group with the same VRID is noticed before it is hurt.
 *
 * @param untilNanos end of listening
 * @param active the Active of our own group, if one was heard
 * @param foreign the last sign of somebody else's group, if any
 */
public record Listening(long untilNanos, @Nullable Heard active, @Nullable Foreign foreign)
    implements State {

  /** A sign of somebody else's group. */
  record Foreign(Rejection reason, InetAddress source) {}

  @Override
  public State on(Event event, Step step) {
    return switch (event) {
      case Event.TimePassed _ -> step.nowNanos() < untilNanos ? this : onEnd(step);
      case Event.AdvertReceived advert -> onAdvert(advert, step);
      case Event.ForeignHeard heard ->
          new Listening(untilNanos, active, new Foreign(heard.reason(), heard.source()));
      case Event.InterfaceLost lost -> step.fault(lost);
      case Event.HealthChanged _ -> step.canServe() ? this : step.cannotServe();
      case Event.ShutdownRequested _ -> step.stop();
      case Event.AddressEvent _ -> step.removeStray(event, this);
      case Event.InterfaceReady _,
          Event.SendEvent _,
          Event.HandOverRequested _,
          Event.Reconfigured _ ->
          this;
    };
  }

  private State onAdvert(Event.AdvertReceived advert, Step step) {
    if (!advert.priority().equals(Priority.RESIGN)) {
      return new Listening(untilNanos, step.heard(advert, active), foreign);
    }
    boolean resigned = active != null && active.source().equals(advert.source());
    return resigned ? new Listening(untilNanos, null, foreign) : this;
  }

  /** A loop that stood still did not listen, and begins anew. */
  private State onEnd(Step step) {
    if (step.nowNanos() - untilNanos > step.intervalNanos()) {
      return step.listen(foreign);
    }
    Heard live = active != null && step.stillHeard(active) ? active : null;
    if (live == null && foreign != null) {
      return step.fault(
          TransitionReason.VRID_CONFLICT,
          step.conflict(foreign.reason(), foreign.source(), step.nowNanos()));
    }
    return step.endListening(live);
  }

  @Override
  public long deadlineNanos() {
    return untilNanos;
  }
}
