package io.apiservervip.agent.vrrp;

import java.util.Locale;

/** Why a received packet was discarded; a discarded packet touches no timer. */
public enum Rejection {
  TOO_SHORT,
  NOT_VRRP,
  BAD_VERSION,
  BAD_VRID,
  UNKNOWN_VRID,
  VERSION_MISMATCH,
  OWN_SOURCE,
  BAD_TTL,
  BAD_TYPE,
  BAD_LENGTH,
  TRAILER_UNSUPPORTED,
  BAD_CHECKSUM,
  AUTH_UNKNOWN_TYPE,
  AUTH_TYPE_MISMATCH,
  AUTH_FAILURE,
  INTERVAL_MISMATCH,
  BAD_INTERVAL,
  NO_ADDRESSES,
  WRONG_CAST,
  NOT_A_MEMBER,
  FOREIGN_ROUTER;

  private final String tag = name().toLowerCase(Locale.ROOT);

  /** The value of the metric's {@code reason} tag. */
  public String tag() {
    return tag;
  }
}
