package io.apiservervip.agentapi;

import io.apiservervip.api.v1alpha1.Algorithm;
import io.apiservervip.api.v1alpha1.BackendSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The API servers and how one of them is chosen.
 *
 * @param servers only with {@link BackendSource#STATIC}
 * @param slowStart a backend that came back takes its share over this time
 */
public record BackendsConfig(
    BackendSource source, List<Server> servers, Algorithm algorithm, Duration slowStart) {

  /**
   * A backend that the user named.
   *
   * @param port null: the listener's backendPort
   */
  public record Server(InetAddress address, @Nullable Integer port, int weight) {
    public Server {
      if (port != null) {
        Require.port("backends.static.port", port);
      }
      Require.range("backends.static.weight", weight, 0, 1000);
    }
  }

  public BackendsConfig {
    servers = List.copyOf(servers);
    Require.range("backends.static: count", servers.size(), 0, 32);
    Require.that(
        servers.isEmpty() != (source == BackendSource.STATIC),
        "backends.static: goes with source Static, and only with it");
    Require.notNegative("slowStart", slowStart);
  }
}
