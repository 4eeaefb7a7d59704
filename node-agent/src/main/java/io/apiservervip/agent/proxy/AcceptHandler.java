package io.apiservervip.agent.proxy;

/** Who takes the clients of a listening socket, on the event loop. */
interface AcceptHandler {
  /** False: no more for now, the acceptance was paused. */
  boolean accepted(Accepted client);

  /** The kernel gave none, with this errno: no descriptors, no memory. */
  void acceptFailed(int errno);
}
