package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;

/** Port: counts what one listener does. Called on event loops; cheap, never waits. */
public interface ListenerObserver {
  /** The counters of one backend; the same object for the same address, also after a reload. */
  BackendObserver backend(BackendAddress address);

  /** A client's connection was accepted. */
  void accepted();

  /** It was closed at once. */
  void refused(RefusalReason reason);

  /** It waits for a place at a backend. */
  void queued();

  /** It waits no longer. */
  void dequeued();

  /** It is over. */
  void ended(SessionEnd reason);

  /** Bytes from clients to backends, and back. */
  void bytes(long fromClient, long toClient);
}
