package io.apiservervip.agent.vrrp;

import java.util.Locale;

/** Why a role changed; the value of the metric's {@code reason} tag. */
public enum TransitionReason {
  STARTED,
  /** Listening is over and nobody else uses the VRID. */
  LISTENED,
  /** No acceptable advert for the Active-down interval. */
  ACTIVE_SILENT,
  /** The Active resigned with priority 0. */
  ACTIVE_RESIGNED,
  /** An Active of lower priority was superseded. */
  PREEMPTED,
  HIGHER_PRIORITY_HEARD,
  /** We are Active but our adverts do not reach the other Active. */
  UNHEARD,
  /** Our adverts cannot be sent and somebody else is Active. */
  SEND_FAILING,
  HANDED_OVER,
  /** An offer or hand-over found no taker. */
  NOBODY_TOOK_OVER,
  SHUTDOWN,
  HEALTH,
  CANNOT_SERVE,
  INTERFACE_LOST,
  INTERFACE_READY,
  ADDRESS_FAILED,
  ADDRESS_EXPIRED,
  LOOP_LATE,
  VRID_CONFLICT,
  CONFIG_CHANGED,
  TWIN_HOLDS_LOCK,
  TWIN_GONE;

  private final String tag = name().toLowerCase(Locale.ROOT);

  /** The metric tag's value. */
  public String tag() {
    return tag;
  }
}
