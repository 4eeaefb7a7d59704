package io.apiservervip.agent.vrrp;

/** Why a router cannot take part; each is retried, none ends the process. */
public enum FaultCause {
  /** No interface of that name, or none whose subnet contains the address. */
  NO_INTERFACE,
  /** Interface administratively down. */
  INTERFACE_DOWN,
  /** No carrier. */
  NO_CARRIER,
  /** The interface has no address to send from. */
  NO_SOURCE_ADDRESS,
  /** Sockets cannot be opened; the detail names the capability. */
  SOCKETS,
  /** Somebody else's group uses this VRID. */
  VRID_CONFLICT,
  /** The proxy cannot serve. */
  CANNOT_SERVE,
  /** The kernel refuses the address. */
  ADDRESS_FAILED,
  /** A virtual address is a permanent address of this node. */
  ADDRESS_NOT_VIRTUAL
}
