package io.apiservervip.agent.proxy;

/** Why a connection to a backend was not established; the lower case is the metric's tag. */
public enum ConnectFailure {
  REFUSED,
  TIMED_OUT,
  UNREACHABLE,
  /** Another backend answered first; this one had not answered yet. */
  LOST_RACE,
  /** No socket, no port, no memory. */
  LOCAL
}
