package io.apiservervip.agent.vrrp;

/**
 * State of one virtual router (RFC 9568 §6.3). Each kind handles its events in its own file and
 * holds its own deadline.
 *
 * <pre>
 *               interface ready              nobody else's VRID
 *  Initialize ──────────────────► Listening ──────────────────► Backup ◄──────────────┐
 *      ▲                              │                          │  ▲                 │
 *      │              VRID conflict   │        silence, resigned │  │ late, expired,  │ successor
 *      │                              ▼                          ▼  │ unheard         │ advertises
 *   (start)     Fault ◄──── interface lost, cannot serve ────── Active ──────────► Leaving ──► Stopped
 *                                                                 ▲  offer, hand-over,  │
 *                                                                 └───── nobody took ───┘
 * </pre>
 */
public sealed interface State
    permits Initialize, Listening, Backup, Active, Leaving, Fault, Stopped {

  /** The state after this event; actions go to {@code step}. */
  State on(Event event, Step step);

  /** When {@link Event.TimePassed} is wanted; {@code Long.MAX_VALUE} for never. */
  long deadlineNanos();
}
