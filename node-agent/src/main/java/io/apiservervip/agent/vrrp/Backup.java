package io.apiservervip.agent.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * Listens to the Active, ready to take over (RFC 9568 §6.4.2).
 *
 * @param downNanos Active_Down_Timer: silence until then means that the Active is gone
 * @param active whom we listen to, if anybody was heard
 * @param onExpiry what the end of the timer will mean: silence, a resignation or preemption
 * @param declinedNanos when we declined the Active's offer; 0 if we did not
 * @param extended the loop was late when the timer ran out, and one interval was added
 */
public record Backup(
    long downNanos,
    @Nullable Heard active,
    TransitionReason onExpiry,
    long declinedNanos,
    boolean extended)
    implements State {

  static Backup until(long downNanos, @Nullable Heard active) {
    return new Backup(downNanos, active, TransitionReason.ACTIVE_SILENT, 0, false);
  }

  @Override
  public State on(Event event, Step step) {
    return switch (event) {
      case Event.TimePassed _ -> step.nowNanos() < downNanos ? this : onSilence(step);
      case Event.AdvertReceived advert ->
          advert.priority().equals(Priority.RESIGN)
              ? onResignation(advert, step)
              : onAdvert(advert, step);
      case Event.HealthChanged _ -> step.canServe() ? reconsidered(step) : step.cannotServe();
      case Event.Reconfigured _ -> reconsidered(step);
      case Event.InterfaceLost lost -> step.fault(lost);
      case Event.ShutdownRequested _ -> step.stop();
      case Event.AddressEvent _ -> step.removeStray(event, this);
      case Event.InterfaceReady _,
          Event.ForeignHeard _,
          Event.SendEvent _,
          Event.HandOverRequested _ ->
          this;
    };
  }

  private State onAdvert(Event.AdvertReceived advert, Step step) {
    if (doublesDeclined(advert)) {
      return this;
    }
    Heard heard = step.heard(advert, active);
    boolean lower = advert.priority().compareTo(step.priority()) < 0;
    if (lower && (step.mayPreempt() || step.mayRelieve(heard))) {
      return new Backup(downNanos, heard, TransitionReason.PREEMPTED, 0, extended);
    }
    return until(downAfter(heard, step), heard);
  }

  /** After an advert that had to wait for this loop, fresher ones may have found no room. */
  private static long downAfter(Heard heard, Step step) {
    long down = heard.heardNanos() + step.activeDownNanos(heard);
    boolean late = step.nowNanos() - heard.heardNanos() > heard.intervalNanos();
    return late ? Math.max(down, oneMore(heard.intervalNanos(), step)) : down;
  }

  private static long oneMore(long intervalNanos, Step step) {
    return step.nowNanos() + intervalNanos + step.skewNanos(intervalNanos);
  }

  /** The lowered advert of an offer that was declined, once more. */
  private boolean doublesDeclined(Event.AdvertReceived advert) {
    return declinedNanos != 0
        && active != null
        && active.source().equals(advert.source())
        && active.priority().equals(advert.priority())
        && advert.receivedNanos() - declinedNanos < Heard.DUPLICATE_NANOS;
  }

  /** Priority 0 counts from the Active alone, or from anybody while the Active is overdue. */
  private State onResignation(Event.AdvertReceived advert, Step step) {
    long at = advert.receivedNanos();
    if (active == null) {
      return expectSuccession(at, step.intervalNanos(), step);
    }
    if (!active.source().equals(advert.source())) {
      boolean overdue = at - active.heardNanos() > active.intervalNanos() * 3 / 2;
      return overdue ? expectSuccession(at, active.intervalNanos(), step) : this;
    }
    if (active.lowered() && declinedNanos == 0 && !step.betterOffThan(active)) {
      return declined(active, at, step);
    }
    boolean duplicate = declinedNanos != 0 && at - declinedNanos < Heard.DUPLICATE_NANOS;
    return duplicate ? this : expectSuccession(at, active.intervalNanos(), step);
  }

  /** The Active keeps the address for so long at most before it advertises again. */
  private static Backup declined(Heard active, long atNanos, Step step) {
    long back =
        atNanos + Leaving.OFFER_INTERVALS * active.intervalNanos() + step.activeDownNanos(active);
    return new Backup(back, active.declined(), TransitionReason.ACTIVE_SILENT, atNanos, false);
  }

  private Backup expectSuccession(long atNanos, long intervalNanos, Step step) {
    long down = Math.min(downNanos, atNanos + step.skewNanos(intervalNanos));
    return new Backup(down, active, TransitionReason.ACTIVE_RESIGNED, declinedNanos, false);
  }

  /**
   * The timer ran out. If this loop was so late that adverts may have been lost in a full receive
   * queue, one more interval is waited for a sign of life.
   */
  private State onSilence(Step step) {
    long now = step.nowNanos();
    if (now < step.noTakeOverBeforeNanos()) {
      return new Backup(step.noTakeOverBeforeNanos(), active, onExpiry, declinedNanos, extended);
    }
    long interval = active == null ? step.intervalNanos() : active.intervalNanos();
    if (now - downNanos > interval && !extended) {
      return new Backup(oneMore(interval, step), active, onExpiry, declinedNanos, true);
    }
    return step.becomeActive(onExpiry, active);
  }

  /** An offer is not taken by a router that fell behind the Active before its skew was over. */
  private State reconsidered(Step step) {
    boolean taking =
        onExpiry == TransitionReason.ACTIVE_RESIGNED && active != null && active.lowered();
    return taking && active != null && !step.betterOffThan(active)
        ? declined(active, active.heardNanos(), step)
        : shifted(step);
  }

  /** A changed priority shifts the running timer by the change of skew; it never restarts it. */
  private State shifted(Step step) {
    long shift = step.activeDownShiftNanos(active);
    return shift == 0
        ? this
        : new Backup(downNanos + shift, active, onExpiry, declinedNanos, extended);
  }

  @Override
  public long deadlineNanos() {
    return downNanos;
  }
}
