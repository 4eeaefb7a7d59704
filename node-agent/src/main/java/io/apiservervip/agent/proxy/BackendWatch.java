package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;

/**
 * Port: what clients' connections tell of a backend's health. Called on event loops for every
 * connection: cheap, never waits.
 */
public interface BackendWatch {
  void connectSucceeded(String listener, BackendAddress backend);

  /**
   * A connection was not established, for a reason that lies with the backend.
   *
   * @param lostRace another backend was quicker; this one had not answered yet
   */
  void connectFailed(String listener, BackendAddress backend, boolean lostRace);

  /** It answered a client's first bytes. */
  void answered(String listener, BackendAddress backend);

  /** It left a client's first flight unanswered. */
  void unanswered(String listener, BackendAddress backend);
}
