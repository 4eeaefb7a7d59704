package io.apiservervip.e2e.probe;

/** Why an attempt of a {@link TlsProbe} got no name. */
public enum TlsFailure {
  REFUSED,
  RESET,
  /** The other side ended it in order, before its answer. */
  CLOSED,
  /** Longer than the client's patience. */
  TIMED_OUT,
  /** An alert, or bytes that are not TLS. */
  BAD_TLS,
  /** No route, no port of its own, and what else is not the other side's doing. */
  LOCAL
}
