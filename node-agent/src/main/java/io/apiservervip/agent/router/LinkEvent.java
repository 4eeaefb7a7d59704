package io.apiservervip.agent.router;

/** What the kernel tells of links and addresses. */
public sealed interface LinkEvent {

  /** An interface appeared or changed (carrier, name, flags). */
  record InterfaceChanged(NetworkInterfaceState state) implements LinkEvent {}

  /** An interface is gone. */
  record InterfaceGone(int index, String name) implements LinkEvent {}

  /** An address was added, or its lifetime was renewed. */
  record AddressAdded(InterfaceAddress address) implements LinkEvent {}

  /** An address is gone: removed by somebody, or expired. */
  record AddressGone(InterfaceAddress address) implements LinkEvent {}

  /** Notifications were lost (ENOBUFS): the receiver takes a full {@link LinkSnapshot} anew. */
  record Overrun() implements LinkEvent {}
}
