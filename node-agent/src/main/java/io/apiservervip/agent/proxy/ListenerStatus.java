package io.apiservervip.agent.proxy;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One listener: an immutable snapshot.
 *
 * @param port where clients connect, on the virtual address
 * @param bound where its own sockets listen now
 * @param problem what keeps it from listening, one line with the remedy; null where nothing does
 * @param backends the pool in force, with the state that the balancer uses
 * @param sessions live sessions
 * @param queued clients that wait for a place
 */
public record ListenerStatus(
    String name,
    int port,
    List<InetSocketAddress> bound,
    @Nullable String problem,
    List<BackendLoad> backends,
    int sessions,
    int queued) {
  public ListenerStatus {
    bound = List.copyOf(bound);
    backends = List.copyOf(backends);
  }
}
