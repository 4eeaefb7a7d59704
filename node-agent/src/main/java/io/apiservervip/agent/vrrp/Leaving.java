package io.apiservervip.agent.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * Gives the addresses away, make before break: they are kept, and served, until a successor has
 * them. A successor advertises first and announces the address right after; its announcement, its
 * second advert or {@link #GRACE_NANOS} ends the overlap.
 *
 * @param purpose why, and so what happens at the end
 * @param untilNanos end of waiting: for a successor, or of the grace after its first advert
 * @param repeatNanos when priority 0 is sent once more, against loss; {@code Long.MAX_VALUE}: never
 * @param successor who has advertised since, if anybody
 */
public record Leaving(Purpose purpose, long untilNanos, long repeatNanos, @Nullable Heard successor)
    implements State {

  /** Why an Active leaves. */
  public enum Purpose {
    /** Health got worse: who is better off may take the address. */
    OFFER,
    /** A person asked for it. */
    HAND_OVER,
    /** The process ends. */
    SHUTDOWN,
    /** The proxy cannot serve. */
    CANNOT_SERVE,
    /** Somebody of higher priority advertises. */
    OUTRANKED
  }

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long GRACE_NANOS = 50 * MILLI;
  private static final long REPEAT_NANOS = 20 * MILLI;
  private static final long SLACK_NANOS = 100 * MILLI;
  private static final long HAND_OVER_HOLD_NANOS = 60 * SECOND;

  static Leaving offer(Step step) {
    step.because(TransitionReason.HEALTH, "health got worse: priority is now " + step.priority());
    return resign(Purpose.OFFER, 4 * step.intervalNanos(), Long.MAX_VALUE, step);
  }

  static Leaving handOver(Step step) {
    step.because(TransitionReason.HANDED_OVER, "hand-over was asked for");
    return resign(Purpose.HAND_OVER, patience(step), Long.MAX_VALUE, step);
  }

  static Leaving shutDown(Step step) {
    step.because(TransitionReason.SHUTDOWN, "the agent stops");
    return resign(Purpose.SHUTDOWN, patience(step), step.nowNanos() + REPEAT_NANOS, step);
  }

  static Leaving cannotServe(Step step) {
    step.because(TransitionReason.CANNOT_SERVE, "the proxy cannot serve");
    return resign(Purpose.CANNOT_SERVE, patience(step), step.nowNanos() + REPEAT_NANOS, step);
  }

  static Leaving outranked(Heard by, Step step) {
    step.because(
        TransitionReason.HIGHER_PRIORITY_HEARD, Step.describe(by) + " is Active and ranks higher");
    return new Leaving(Purpose.OUTRANKED, step.nowNanos() + grace(by), Long.MAX_VALUE, by);
  }

  private static Leaving resign(Purpose purpose, long patience, long repeatNanos, Step step) {
    step.send(Priority.RESIGN);
    return new Leaving(purpose, step.nowNanos() + patience, repeatNanos, null);
  }

  /** The skew of any successor, and time for it to act. */
  private static long patience(Step step) {
    return Timing.skewNanos(step.config().version(), new Priority(1), step.intervalNanos())
        + SLACK_NANOS;
  }

  private static long grace(Heard successor) {
    return Math.min(GRACE_NANOS, successor.intervalNanos());
  }

  @Override
  public State on(Event event, Step step) {
    return switch (event) {
      case Event.TimePassed _ -> onTime(step);
      case Event.AdvertReceived advert -> onAdvert(advert, step);
      case Event.HealthChanged _ -> step.canServe() ? this : as(Purpose.CANNOT_SERVE);
      case Event.ShutdownRequested _ -> as(Purpose.SHUTDOWN);
      case Event.InterfaceLost lost -> onInterfaceLost(lost, step);
      case Event.AddressEvent address -> onAddress(address, step);
      case Event.InterfaceReady _,
          Event.ForeignHeard _,
          Event.SendEvent _,
          Event.HandOverRequested _,
          Event.Reconfigured _ ->
          this;
    };
  }

  private State onTime(Step step) {
    long now = step.nowNanos();
    if (now >= untilNanos) {
      return successor == null && resumes(step) ? resume(step) : finish(step);
    }
    if (now >= repeatNanos) {
      step.send(Priority.RESIGN);
      return new Leaving(purpose, untilNanos, Long.MAX_VALUE, successor);
    }
    return this;
  }

  private State onAdvert(Event.AdvertReceived advert, Step step) {
    if (advert.priority().equals(Priority.RESIGN)) {
      boolean gone = successor != null && successor.source().equals(advert.source());
      return gone && resumes(step) ? resume(step) : this;
    }
    Heard heard = step.heard(advert, successor);
    if (successor != null) {
      return new Leaving(purpose, untilNanos, repeatNanos, heard).finish(step);
    }
    return new Leaving(purpose, step.nowNanos() + grace(heard), Long.MAX_VALUE, heard);
  }

  private State onAddress(Event.AddressEvent event, Step step) {
    return switch (event) {
      case Event.NeighborClaimed _ -> successor == null ? this : finish(step);
      case Event.AddressExpired _ -> finish(step);
      case Event.AddressRemoved _ -> {
        if (successor == null) {
          step.install();
        }
        yield this;
      }
      case Event.AddressesInstalled _, Event.AddressesFailed _ -> this;
    };
  }

  private State onInterfaceLost(Event.InterfaceLost lost, Step step) {
    return purpose == Purpose.SHUTDOWN ? finish(step) : step.fault(lost);
  }

  /** Shutting down outranks every other purpose; each of them can only get graver. */
  private Leaving as(Purpose graver) {
    return purpose == Purpose.SHUTDOWN
        ? this
        : new Leaving(graver, untilNanos, repeatNanos, successor);
  }

  private boolean resumes(Step step) {
    return switch (purpose) {
      case OFFER, HAND_OVER, OUTRANKED -> true;
      case CANNOT_SERVE -> step.canServe();
      case SHUTDOWN -> false;
    };
  }

  private State resume(Step step) {
    step.because(TransitionReason.NOBODY_TOOK_OVER, "nobody took the address");
    return Active.resumed(step);
  }

  private State finish(Step step) {
    return switch (purpose) {
      case SHUTDOWN -> step.stop();
      case CANNOT_SERVE ->
          step.canServe() ? backUp(TransitionReason.CANNOT_SERVE, step) : step.cannotServe();
      case HAND_OVER -> {
        step.deferUntil(step.nowNanos() + HAND_OVER_HOLD_NANOS);
        yield backUp(TransitionReason.HANDED_OVER, step);
      }
      case OFFER -> backUp(TransitionReason.HEALTH, step);
      case OUTRANKED -> backUp(TransitionReason.HIGHER_PRIORITY_HEARD, step);
    };
  }

  private State backUp(TransitionReason why, Step step) {
    step.because(why, Step.describe(successor) + " is Active");
    step.remove();
    return successor == null
        ? Backup.until(step.nowNanos() + step.activeDownNanos(), null)
        : Backup.until(successor.heardNanos() + step.activeDownNanos(successor), successor);
  }

  @Override
  public long deadlineNanos() {
    return Math.min(untilNanos, repeatNanos);
  }
}
