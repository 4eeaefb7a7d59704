package io.apiservervip.agent.vrrp;

/** Whether a Backup takes the address back from an Active of lower priority (RFC 9568 §6.1). */
public sealed interface Preemption {

  /** An Active of any priority is left alone while it is heard. */
  record Never() implements Preemption {}

  /** A lower Active is superseded once this router has been healthy for so long. */
  record After(long delayNanos) implements Preemption {}
}
