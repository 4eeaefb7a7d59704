package io.apiservervip.agent.vrrp;

/** The end: nothing is sent, nothing is held, nothing is heard. */
public record Stopped() implements State {
  @Override
  public State on(Event event, Step step) {
    return this;
  }

  @Override
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }
}
