package io.apiservervip.agent.vrrp;

import java.util.List;

/**
 * One virtual router: events in, actions out (RFC 9568 §6, RFC 3768 §6 and what the field adds to
 * them). Owned by the loop thread.
 */
public final class VirtualRouter {
  private final Step step;
  private State state = new Initialize();

  public VirtualRouter(VirtualRouterConfig config, long nowNanos) {
    this.step = new Step(config, nowNanos);
  }

  /**
   * Takes one event.
   *
   * @param nowNanos monotonic time; never less than at the last call
   * @return what to do, in order; valid until the next call
   */
  public List<Action> step(Event event, long nowNanos) {
    step.prepare(event, nowNanos);
    State before = state;
    state = before.on(event, step);
    if (!state.getClass().equals(before.getClass())) {
      step.actions().add(new Action.Transition(before, state, step.reason(), step.detail()));
    }
    return step.actions();
  }

  /** When {@link Event.TimePassed} is wanted next; {@code Long.MAX_VALUE} for never. */
  public long nextDeadlineNanos() {
    return state.deadlineNanos();
  }

  public State state() {
    return state;
  }

  /** The configured priority, lowered by health. */
  public Priority effectivePriority() {
    return step.priority();
  }

  /** Whether the addresses are held: as Active, and while leaving. */
  public boolean holdsAddresses() {
    return switch (state) {
      case Active _, Leaving _ -> true;
      case Initialize _, Listening _, Backup _, Fault _, Stopped _ -> false;
    };
  }
}
