package io.apiservervip.agent.vrrp;

/**
 * Cannot take part; holds and sends nothing.
 *
 * @param detail a sentence for people, with the remedy where there is one
 * @param retryNanos when to try again by itself; {@code Long.MAX_VALUE}: an event ends it
 */
public record Fault(FaultCause cause, String detail, long retryNanos) implements State {
  /** How long the kernel is left alone after it refused an address. */
  static final long ADDRESS_RETRY_NANOS = 5_000_000_000L;

  @Override
  public State on(Event event, Step step) {
    return switch (event) {
      case Event.TimePassed _ -> onTime(step);
      case Event.InterfaceReady _ -> onReady(step);
      case Event.InterfaceLost lost -> step.fault(lost);
      case Event.HealthChanged _ ->
          cause == FaultCause.CANNOT_SERVE && step.canServe() ? onReady(step) : this;
      case Event.ForeignHeard heard ->
          cause == FaultCause.VRID_CONFLICT
              ? step.conflict(heard.reason(), heard.source(), heard.receivedNanos())
              : this;
      case Event.ShutdownRequested _ -> step.stop();
      case Event.AddressEvent _ -> step.removeStray(event, this);
      case Event.AdvertReceived _,
          Event.SendEvent _,
          Event.HandOverRequested _,
          Event.Reconfigured _ ->
          this;
    };
  }

  private State onTime(Step step) {
    return step.nowNanos() < retryNanos ? this : onReady(step);
  }

  private State onReady(Step step) {
    boolean tooSoon = retryNanos != Long.MAX_VALUE && step.nowNanos() < retryNanos;
    if (tooSoon || !step.interfaceReady()) {
      return this;
    }
    return step.canServe()
        ? step.begin(TransitionReason.INTERFACE_READY, "fault is over: " + detail)
        : step.cannotServe();
  }

  @Override
  public long deadlineNanos() {
    return retryNanos;
  }
}
