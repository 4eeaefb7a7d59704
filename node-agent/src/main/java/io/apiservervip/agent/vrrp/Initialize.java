package io.apiservervip.agent.vrrp;

/** Before anything is known of the interface; has no deadline (RFC 9568 §6.4.1). */
public record Initialize() implements State {
  @Override
  public State on(Event event, Step step) {
    return switch (event) {
      case Event.InterfaceReady _ -> step.begin(TransitionReason.STARTED, "interface is ready");
      case Event.InterfaceLost lost -> step.fault(lost);
      case Event.ShutdownRequested _ -> step.stop();
      case Event.TimePassed _,
          Event.AdvertReceived _,
          Event.ForeignHeard _,
          Event.HealthChanged _,
          Event.AddressEvent _,
          Event.SendEvent _,
          Event.HandOverRequested _,
          Event.Reconfigured _ ->
          this;
    };
  }

  @Override
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }
}
