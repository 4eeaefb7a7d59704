package io.apiservervip.agent.kube;

import org.jspecify.annotations.Nullable;

/** The agent's connection to the API servers, with a place to wait for one. Any thread. */
public final class ApiLink implements AutoCloseable {
  private final SessionGate gate = new SessionGate();
  private final ApiConnection connection;

  /**
   * A link that is not begun yet.
   *
   * @param userAgent such as {@code node-agent/1.0.0}
   */
  public ApiLink(ApiCredentials credentials, ApiServers servers, String userAgent) {
    this.connection = new ApiConnection(credentials, servers, userAgent, gate);
  }

  /** Begins to look for an API server. */
  public void start() {
    connection.start();
  }

  /** The API servers are these from now on. */
  public void servers(ApiServers servers) {
    connection.servers(servers);
  }

  /** What keeps the agent from the API, a sentence; null while an API server is in use. */
  public @Nullable String trouble() {
    return connection.session() == null ? connection.trouble() : null;
  }

  ApiConnection connection() {
    return connection;
  }

  SessionGate gate() {
    return gate;
  }

  @Override
  public void close() {
    connection.close();
  }
}
