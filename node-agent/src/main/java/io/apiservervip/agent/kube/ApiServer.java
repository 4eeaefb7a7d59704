package io.apiservervip.agent.kube;

import io.apiservervip.agentapi.BackendAddress;
import java.net.URI;

/**
 * Where one API server listens.
 *
 * @param host an address without brackets, or a DNS name
 */
public record ApiServer(String host, int port) {
  private static final int MAX_PORT = 65_535;

  public ApiServer {
    if (host.isEmpty() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("not an API server: \"" + host + "\" port " + port);
    }
  }

  /** The API server behind a backend of the document. */
  public static ApiServer of(BackendAddress backend) {
    return new ApiServer(backend.address().getHostAddress(), backend.port());
  }

  /**
   * A resource of this server.
   *
   * @param scheme {@code https}, or {@code http} where a kubeconfig says so
   * @param path from the first slash on, with the query
   */
  URI uri(String scheme, String path) {
    return URI.create(scheme + "://" + this + path);
  }

  /** Such as {@code 10.99.0.11:6443} or {@code [fd99::11]:6443}. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
