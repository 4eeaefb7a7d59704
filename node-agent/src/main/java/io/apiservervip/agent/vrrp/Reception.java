package io.apiservervip.agent.vrrp;

/** What became of one received datagram. */
public sealed interface Reception {

  /** A well-formed advertisement of the given checksum form. */
  record Accepted(Advertisement advertisement, ChecksumForm form) implements Reception {}

  /** Discarded and counted. */
  record Rejected(Rejection reason) implements Reception {}
}
