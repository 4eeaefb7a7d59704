package io.apiservervip.agent.proxy;

import io.apiservervip.api.v1alpha1.Algorithm;
import io.apiservervip.api.v1alpha1.BackendState;
import java.util.random.RandomGenerator;

/**
 * Chooses the server of a new connection. Servers that are Up come first; one that is NotReady gets
 * nothing while an Up one is left that was not tried; the ones that are Down are tried where nobody
 * else is left (the checks may be wrong, the client has nothing to lose). One that leaves the
 * document gets nothing. Weight 0 is for where no other server of the same state is left.
 *
 * <p>Owned by one event loop, because of the moving state of RoundRobin; pools may change at will.
 */
final class Balancer {
  /** No server is left that was not tried. */
  static final int NOBODY = -1;

  /** Servers are left, each with as many connections as it may have. */
  static final int ALL_FULL = -2;

  private static final BackendState[] ORDER = {
    BackendState.UP, BackendState.NOT_READY, BackendState.DOWN
  };

  private final Algorithm algorithm;
  private final long slowStartNanos;
  private final int perServer;
  private final RoundRobin roundRobin = new RoundRobin();

  /**
   * @param slowStartNanos 0: a server that came back takes its full share at once
   * @param perServer most connections to one server, those being established too; 0: no limit
   */
  Balancer(Algorithm algorithm, long slowStartNanos, int perServer) {
    this.algorithm = algorithm;
    this.slowStartNanos = slowStartNanos;
    this.perServer = perServer;
  }

  /**
   * The server to connect to next.
   *
   * @param client address of the client, 4 or 16 bytes
   * @param tried bits of the servers that this client was already sent to
   * @return an index, {@link #NOBODY} or {@link #ALL_FULL}
   */
  int choose(
      ServerPool pool,
      LoadOf loads,
      byte[] client,
      long tried,
      long nowNanos,
      RandomGenerator random) {
    for (BackendState state : ORDER) {
      for (int weighted = 1; weighted >= 0; weighted--) {
        long left = left(pool, state, weighted == 1, tried);
        if (left != 0) {
          long eligible = notSilent(notFull(left, loads), loads, nowNanos);
          return eligible == 0
              ? ALL_FULL
              : choose(new Choice(pool, loads, eligible, slowStartNanos, nowNanos), client, random);
        }
      }
    }
    return NOBODY;
  }

  private int choose(Choice choice, byte[] client, RandomGenerator random) {
    return switch (algorithm) {
      case LEAST_CONNECTIONS -> choice.leastLoaded(random);
      case ROUND_ROBIN -> roundRobin.choose(choice, random);
      case RANDOM -> choice.betterOfTwo(random);
      case SOURCE -> choice.bySource(client);
    };
  }

  private static long left(ServerPool pool, BackendState state, boolean weighted, long tried) {
    long left = 0;
    for (int i = 0; i < pool.size(); i++) {
      Server server = pool.get(i);
      if (server != null
          && !server.removed()
          && server.state() == state
          && (server.backend().weight() > 0) == weighted) {
        left |= server.bit();
      }
    }
    return left & ~tried;
  }

  /** Those that answer SYNs; all where none does. */
  private static long notSilent(long servers, LoadOf loads, long nowNanos) {
    long answering = servers;
    for (long rest = servers; rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      if (loads.silent(index, nowNanos)) {
        answering &= ~(1L << index);
      }
    }
    return answering == 0 ? servers : answering;
  }

  private long notFull(long servers, LoadOf loads) {
    if (perServer == 0) {
      return servers;
    }
    long eligible = 0;
    for (long rest = servers; rest != 0; rest &= rest - 1) {
      int index = Long.numberOfTrailingZeros(rest);
      if (loads.active(index) + loads.pending(index) < perServer) {
        eligible |= 1L << index;
      }
    }
    return eligible;
  }
}
