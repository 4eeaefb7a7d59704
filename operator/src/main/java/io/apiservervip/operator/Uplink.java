package io.apiservervip.operator;

import io.apiservervip.agent.kube.ApiConnection;
import io.apiservervip.agent.kube.ApiCredentials;
import io.apiservervip.agent.kube.ApiListener;
import io.apiservervip.agent.kube.ApiServer;
import io.apiservervip.agent.kube.ApiServers;
import io.apiservervip.agent.kube.ApiSession;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/**
 * The operator's connection to the API servers: to the address of its credentials at first, then
 * directly to one of the servers that the cluster names. Any thread.
 */
final class Uplink implements ApiListener, AutoCloseable {
  private final List<ApiServer> home;
  private final ApiConnection connection;
  private final Runnable moved;

  /**
   * Not yet connected.
   *
   * @param moved called after each gain and each loss of a server; returns at once
   */
  Uplink(ApiCredentials credentials, String userAgent, Runnable moved) {
    this.home = credentials.servers();
    this.connection =
        new ApiConnection(credentials, new ApiServers(List.of(), home), userAgent, this);
    this.moved = moved;
  }

  void start() {
    connection.start();
  }

  /**
   * The client to the server in use; it is closed when the connection moves.
   *
   * @throws IllegalStateException with one line for people while no server answers
   */
  KubernetesClient client() {
    ApiSession session = connection.session();
    if (session == null) {
      throw new IllegalStateException(connection.trouble());
    }
    return session.client();
  }

  /** What the cluster names as API servers; none: unknown, what was known stays. */
  void servers(List<ApiServer> direct) {
    if (!direct.isEmpty()) {
      connection.servers(new ApiServers(direct, home));
    }
  }

  @Override
  public void connected(ApiSession session) {
    moved.run();
  }

  @Override
  public void lost(ApiSession session, String reason) {
    moved.run();
  }

  @Override
  public void close() {
    connection.close();
  }
}
