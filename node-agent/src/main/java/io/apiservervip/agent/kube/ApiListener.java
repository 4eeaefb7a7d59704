package io.apiservervip.agent.kube;

/**
 * Told which API server is in use, in order, on the connection's thread: it returns at once.
 * Informers and watches belong to a session and are started anew with each.
 */
public interface ApiListener {
  /** Requests go to this server from now on. */
  void connected(ApiSession session);

  /** No more: its requests and watches have ended, and there may be none in use for a while. */
  void lost(ApiSession session, String reason);
}
