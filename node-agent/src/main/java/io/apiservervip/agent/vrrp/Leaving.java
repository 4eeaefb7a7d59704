package io.apiservervip.agent.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * Gives the addresses away, make before break: they are kept, and served, until a successor has
 * them. A successor advertises first and announces the address when it has it; the announcement, or
 * {@link #GRACE_NANOS} after the first advert, ends the overlap. Its second advert does not: a
 * successor answers a farewell at once, before its kernel has the address.
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

  /**
   * How long an offer waits for a taker, whose skew is one interval at most; less than three, so
   * that a Backup that missed the priority 0 does not take the silence for the Active's end.
   */
  static final long OFFER_INTERVALS = 2;

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final long GRACE_NANOS = 200 * MILLI;
  private static final long REPEAT_NANOS = 20 * MILLI;
  private static final long SLACK_NANOS = 100 * MILLI;
  private static final long HAND_OVER_HOLD_NANOS = 60 * SECOND;

  static Leaving offer(Step step) {
    step.because(TransitionReason.HEALTH, "health got worse: priority is now " + step.priority());
    step.send(Priority.RESIGN);
    long until = step.nowNanos() + OFFER_INTERVALS * step.intervalNanos();
    return new Leaving(Purpose.OFFER, until, Long.MAX_VALUE, null);
  }

  static Leaving handOver(Step step) {
    step.because(TransitionReason.HANDED_OVER, "hand-over was asked for");
    return resignTwice(Purpose.HAND_OVER, step);
  }

  static Leaving shutDown(Step step) {
    step.because(TransitionReason.SHUTDOWN, "the agent stops");
    return resignTwice(Purpose.SHUTDOWN, step);
  }

  static Leaving cannotServe(Step step) {
    step.because(TransitionReason.CANNOT_SERVE, "the proxy cannot serve");
    return resignTwice(Purpose.CANNOT_SERVE, step);
  }

  static Leaving outranked(Heard by, Step step) {
    step.because(
        TransitionReason.HIGHER_PRIORITY_HEARD, Step.describe(by) + " is Active and ranks higher");
    return new Leaving(Purpose.OUTRANKED, step.nowNanos() + GRACE_NANOS, Long.MAX_VALUE, by);
  }

  private static Leaving resignTwice(Purpose purpose, Step step) {
    step.send(Priority.RESIGN);
    long now = step.nowNanos();
    return new Leaving(purpose, now + patience(step), now + REPEAT_NANOS, null);
  }

  /** The skew of any successor, and time for it to act. */
  private static long patience(Step step) {
    return Timing.skewNanos(step.config().version(), new Priority(1), step.intervalNanos())
        + SLACK_NANOS;
  }

  @Override
  public State on(Event event, Step step) {
    return switch (event) {
      case Event.TimePassed _ -> onTime(step);
      case Event.AdvertReceived advert -> onAdvert(advert, step);
      case Event.HealthChanged _ -> onHealth(step);
      case Event.HandOverRequested _ ->
          purpose == Purpose.OFFER ? graver(Purpose.HAND_OVER, step) : this;
      case Event.ShutdownRequested _ -> graver(Purpose.SHUTDOWN, step);
      case Event.InterfaceLost lost -> onInterfaceLost(lost, step);
      case Event.AddressEvent address -> onAddress(address, step);
      case Event.InterfaceReady _, Event.ForeignHeard _, Event.SendEvent _, Event.Reconfigured _ ->
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
    long until = successor == null ? step.nowNanos() + GRACE_NANOS : untilNanos;
    return new Leaving(purpose, until, Long.MAX_VALUE, heard);
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

  private State onHealth(Step step) {
    if (!step.canServe()) {
      return graver(Purpose.CANNOT_SERVE, step);
    }
    boolean worse = step.priority().compareTo(step.priorityBefore()) < 0;
    if (purpose != Purpose.OFFER || successor != null || !worse) {
      return this;
    }
    step.send(step.priority());
    return offer(step);
  }

  /**
   * Shutting down outranks every other purpose; each of them can only get graver. Who declined an
   * offer hears that it is one no more.
   */
  private Leaving graver(Purpose graver, Step step) {
    if (purpose == Purpose.SHUTDOWN || purpose == graver) {
      return this;
    }
    return successor == null
        ? resignTwice(graver, step)
        : new Leaving(graver, untilNanos, repeatNanos, successor);
  }

  private boolean resumes(Step step) {
    return switch (purpose) {
      case OFFER, HAND_OVER, OUTRANKED -> true;
      case CANNOT_SERVE -> step.canServe();
      case SHUTDOWN -> false;
    };
  }

  /** Too late, somebody else may have the address: who declined an offer has waited so long. */
  private State resume(Step step) {
    if (step.nowNanos() - untilNanos > step.silenceLimitNanos()) {
      return backUp(TransitionReason.LOOP_LATE, "the loop stood still", step);
    }
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
    return backUp(why, Step.describe(successor) + " is Active", step);
  }

  private State backUp(TransitionReason why, String detail, Step step) {
    step.because(why, detail);
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
