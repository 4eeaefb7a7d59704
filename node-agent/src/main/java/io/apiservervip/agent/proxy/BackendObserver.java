package io.apiservervip.agent.proxy;

/**
 * Port: counts what one backend of one listener does. Called on event loops; cheap, never waits.
 */
public interface BackendObserver {
  /** A connection to it was established this long after its SYN. */
  void connected(long nanos);

  /** A connection to it was not established. */
  void connectFailed(ConnectFailure reason);

  /** It did not answer in time, another one was tried beside it. */
  void hedged();

  /** It left a first flight unanswered, which was sent to another one. */
  void replayed();

  /** It has one session more ({@code 1}) or less ({@code -1}). */
  void sessions(int change);

  /** Bytes from clients to it, and back. */
  void bytes(long fromClient, long toClient);
}
