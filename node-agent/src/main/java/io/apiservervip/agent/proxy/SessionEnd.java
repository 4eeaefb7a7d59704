package io.apiservervip.agent.proxy;

/** Why a session ended; the lower case is the metric's tag. */
public enum SessionEnd {
  /** Both sides ended it in order. */
  COMPLETED,
  CLIENT_RESET,
  BACKEND_RESET,
  /** The client sent nothing within firstByteTimeout. */
  FIRST_BYTE_TIMEOUT,
  /** No backend could be reached. */
  NO_BACKEND,
  QUEUE_TIMEOUT,
  QUEUE_FULL,
  IDLE_TIMEOUT,
  BACKEND_DOWN,
  /** Its backend was removed, or the agent ends, and drainTimeout is over. */
  DRAINED,
  /** The address left this node. */
  ADDRESS_LOST,
  LISTENER_REMOVED,
  /** An own limit or a bug; the log says which. */
  INTERNAL
}
