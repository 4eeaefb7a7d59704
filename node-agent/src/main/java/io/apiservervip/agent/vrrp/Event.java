package io.apiservervip.agent.vrrp;

import java.net.InetAddress;

/** Everything that can happen to a virtual router. */
public sealed interface Event {

  /** What happened to the addresses that an Active holds; of no interest to others. */
  sealed interface AddressEvent extends Event {}

  /** How sending went; of no interest to those who do not send. */
  sealed interface SendEvent extends Event {}

  /** Nothing but time went by; also sent when a deadline is due. */
  record TimePassed() implements Event {}

  /** Link, source address and sockets are there. */
  record InterfaceReady(InetAddress source) implements Event {}

  /**
   * Link, source address or sockets are gone.
   *
   * @param vanished the interface itself is gone: what returns may be another segment
   */
  record InterfaceLost(FaultCause cause, String detail, boolean vanished) implements Event {}

  /**
   * An advert that passed every check.
   *
   * @param interval the sender's, adopted in version 3
   * @param receivedNanos when the kernel received it; timers count from here
   */
  record AdvertReceived(
      InetAddress source, Priority priority, AdvertisementInterval interval, long receivedNanos)
      implements Event {}

  /** A packet for our VRID that belongs to somebody else's group. */
  record ForeignHeard(Rejection reason, InetAddress source, long receivedNanos) implements Event {}

  /**
   * Health as seen by this node changed.
   *
   * @param weight 0 (well) or less, added to the priority
   * @param canServe false: the proxy cannot serve, the node resigns whatever preempt says
   */
  record HealthChanged(int weight, boolean canServe) implements Event {}

  /** The kernel holds all virtual addresses. */
  record AddressesInstalled() implements AddressEvent {}

  /** The kernel refused a virtual address. */
  record AddressesFailed(String detail) implements AddressEvent {}

  /** Somebody else removed a virtual address that we hold. */
  record AddressRemoved() implements AddressEvent {}

  /** The kernel's lifetime of a virtual address ran out: this process was frozen. */
  record AddressExpired() implements AddressEvent {}

  /** Another station says that it has a virtual address. */
  record NeighborClaimed() implements AddressEvent {}

  /** An advert left. */
  record SendSucceeded() implements SendEvent {}

  /** An advert could not be sent to anybody. */
  record SendFailed() implements SendEvent {}

  /** A person asks to give the address away. */
  record HandOverRequested() implements Event {}

  /** The process is about to end. */
  record ShutdownRequested() implements Event {}

  /** New settings that do not change the group's identity. */
  record Reconfigured(VirtualRouterConfig config) implements Event {}
}
