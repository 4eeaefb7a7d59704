package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one listener: an immutable snapshot, made anew with each change of the document
 * and of a server's health. A server keeps its index from one pool to the next, also after it left
 * the document and for as long as it has sessions, so that what is counted by index stays right.
 */
final class ServerPool {
  /** Most places; as many as there are bits in a set of servers. */
  static final int MAX_SERVERS = 64;

  static final ServerPool EMPTY = new ServerPool(new Server[0]);

  /** By index; null: a free place. */
  private final @Nullable Server[] places;

  private final long[] identities;

  private ServerPool(@Nullable Server[] places) {
    this.places = places;
    this.identities = new long[places.length];
    for (int i = 0; i < places.length; i++) {
      Server server = places[i];
      identities[i] = server == null ? 0 : identity(server.backend().address());
    }
  }

  /** The first pool of a listener. */
  static ServerPool of(List<Backend> backends, Map<BackendAddress, ServerHealth> health) {
    return EMPTY.next(backends, health, 0);
  }

  /**
   * The pool that follows this one.
   *
   * @param inUse bits of the servers that have sessions: one that left the document keeps its
   *     place. A new server that finds no free place is left out until there is one.
   */
  ServerPool next(List<Backend> backends, Map<BackendAddress, ServerHealth> health, long inUse) {
    @Nullable Server[] next = new Server[MAX_SERVERS];
    Map<BackendAddress, Backend> wanted = new HashMap<>();
    backends.forEach(backend -> wanted.put(backend.address(), backend));
    for (Server server : list()) {
      Backend backend = wanted.get(server.backend().address());
      if (backend != null) {
        next[server.index()] = known(server, backend, health(health, backend));
      } else if ((inUse & server.bit()) != 0) {
        next[server.index()] = leaving(server);
      }
    }
    for (Backend backend : backends) {
      int free = find(next, null);
      if (find(next, backend.address()) < 0 && free >= 0) {
        next[free] = fresh(free, backend, health(health, backend));
      }
    }
    return new ServerPool(Arrays.copyOf(next, length(next)));
  }

  /** Places, free ones among them: every index is below. */
  int size() {
    return places.length;
  }

  /** The server in a place; null: the place is free. */
  @Nullable Server get(int index) {
    return index < places.length ? places[index] : null;
  }

  /** Where a server has its place; -1: nowhere. */
  int indexOf(BackendAddress address) {
    return find(places, address);
  }

  /** Every server in the order of the places, leaving ones too. */
  List<Server> list() {
    List<Server> servers = new ArrayList<>();
    for (Server server : places) {
      if (server != null) {
        servers.add(server);
      }
    }
    return servers;
  }

  /** A number made of the server's address and port alone: the same on every node. */
  long identity(int index) {
    return identities[index];
  }

  private static Server known(Server server, Backend backend, ServerHealth health) {
    boolean wasAway = server.checked() && server.state() != BackendState.UP;
    boolean up = health.state() == BackendState.UP;
    long upSince = server.upSinceNanos();
    if (up && wasAway) {
      upSince = health.sinceNanos();
    }
    return new Server(server.index(), backend, health.state(), health.checked(), upSince, false);
  }

  private static Server leaving(Server server) {
    return new Server(
        server.index(),
        server.backend(),
        server.state(),
        server.checked(),
        server.upSinceNanos(),
        true);
  }

  private static Server fresh(int index, Backend backend, ServerHealth health) {
    return new Server(index, backend, health.state(), health.checked(), Server.NEVER_DOWN, false);
  }

  private static ServerHealth health(Map<BackendAddress, ServerHealth> health, Backend backend) {
    return health.getOrDefault(backend.address(), ServerHealth.UNKNOWN);
  }

  private static int find(@Nullable Server[] places, @Nullable BackendAddress address) {
    for (int i = 0; i < places.length; i++) {
      Server server = places[i];
      if (server == null ? address == null : server.backend().address().equals(address)) {
        return i;
      }
    }
    return -1;
  }

  private static int length(@Nullable Server[] places) {
    int length = places.length;
    while (length > 0 && places[length - 1] == null) {
      length--;
    }
    return length;
  }

  private static long identity(BackendAddress address) {
    return Hashes.bytes(address.address().getAddress(), address.port());
  }
}
