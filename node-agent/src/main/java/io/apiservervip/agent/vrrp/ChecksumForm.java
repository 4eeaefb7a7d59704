package io.apiservervip.agent.vrrp;

/** What a version 3 checksum over IPv4 covers; three forms are met in the field, P is sent. */
public enum ChecksumForm {
  /** P: pseudo-header and message; keepalived's and FRR's default, and always so in IPv6. */
  PSEUDO_HEADER,
  /** M: message alone (RFC 9568 §5.2.8 as clarified; Cisco). Version 2 always. */
  MESSAGE_ONLY,
  /** O: as P but with destination 224.0.0.18 in a unicast packet (keepalived up to 1.3.6). */
  OLD_UNICAST
}
