package io.apiservervip.agent.proxy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One listener's part on one event loop: accepts clients, chooses servers for them, counts. What is
 * counted often is summed here and handed on with the loop's beat. Owned by that loop.
 */
final class FrontendOnLoop implements AcceptHandler {
  private static final long ACCEPT_AGAIN_NANOS = 100_000_000L;

  private final Frontend frontend;
  private final ProxyLoop loop;
  private final ProxyShared shared;
  private final long[] up = new long[ServerPool.MAX_SERVERS];
  private final long[] down = new long[ServerPool.MAX_SERVERS];
  private final WaitingRoom<Connection> waiting = new WaitingRoom<>(Frontend.QUEUE);
  private final List<ListeningSocket.Acceptance> acceptances = new ArrayList<>();
  private Balancer balancer;
  private SessionRules rules;

  /** The pool of the last choice: another one may be in force by now. */
  private ServerPool chosenFrom = ServerPool.EMPTY;

  private boolean paused;

  FrontendOnLoop(Frontend frontend, ProxyLoop loop) {
    this.frontend = frontend;
    this.loop = loop;
    this.shared = loop.shared();
    this.balancer = frontend.newBalancer();
    this.rules = frontend.settings().rules();
  }

  ProxyLoop loop() {
    return loop;
  }

  SessionRules rules() {
    return rules;
  }

  Frontend frontend() {
    return frontend;
  }

  long idleNanos() {
    return frontend.settings().common().session().idleTimeout().toNanos();
  }

  // Accepting

  void accept(ListeningSocket socket) {
    ListeningSocket.Acceptance acceptance = socket.accept(loop.executor(), this);
    acceptances.add(acceptance);
    if (paused) {
      acceptance.pause();
    }
  }

  /** Accepts no more from any socket; they can be closed then. */
  void stopAccepting() {
    acceptances.forEach(ListeningSocket.Acceptance::close);
    acceptances.clear();
  }

  @Override
  public boolean accepted(Accepted client) {
    frontend.observer().accepted();
    @Nullable RefusalReason refusal = refusal(client);
    if (refusal != null) {
      frontend.observer().refused(refusal);
      client.refuse();
      return true;
    }
    int connected = shared.sharing().connections().incrementAndGet();
    ProxyLoop other = frontend.leastBusy(loop);
    if (other == loop) {
      open(client);
    } else {
      FrontendOnLoop there = frontend.on(other);
      other.later(() -> there.open(client));
    }
    if (connected >= frontend.settings().common().limits().maxConnections()) {
      pause();
      return false;
    }
    return true;
  }

  private @Nullable RefusalReason refusal(Accepted client) {
    if (!frontend.filter().allows(client.address())) {
      return RefusalReason.SOURCE_NOT_ALLOWED;
    }
    if (frontend.pool().size() == 0) {
      return RefusalReason.NO_BACKEND_CONFIGURED;
    }
    int perSource = frontend.settings().common().limits().perSource();
    return shared.sharing().sources().enter(client.address(), perSource)
        ? null
        : RefusalReason.TOO_MANY_OF_SOURCE;
  }

  private void open(Accepted client) {
    long now = loop.now();
    Connection connection = new Connection(this, client, Instant.now());
    loop.add(connection);
    frontend.opened();
    shared.replayBudget().opened(now);
    connection.begin(now);
  }

  @Override
  public void acceptFailed(int errno) {
    shared.observer().acceptFailed(errno);
    pause();
    Future<?> _ = loop.executor().schedule(this::resume, ACCEPT_AGAIN_NANOS, TimeUnit.NANOSECONDS);
  }

  private void pause() {
    paused = true;
    acceptances.forEach(ListeningSocket.Acceptance::pause);
  }

  /** Accepts again where there is room. */
  void resume() {
    if (paused && frontend.hasRoom()) {
      paused = false;
      acceptances.forEach(ListeningSocket.Acceptance::resume);
    }
  }

  // Servers

  int choose(byte[] client, long tried, long nowNanos) {
    ServerPool pool = frontend.pool();
    chosenFrom = pool;
    return balancer.choose(pool, frontend.loads(), client, tried, nowNanos, loop.random());
  }

  Attempt dialling(int number, int place, long nowNanos) {
    Server server = Objects.requireNonNull(chosenFrom.get(place), "a free place was chosen");
    frontend.loads().dialling(place, nowNanos);
    return new Attempt(number, server, frontend.observer(server), nowNanos);
  }

  Wire open(Attempt attempt, WireHandler handler) throws IOException {
    return shared
        .transport()
        .connect(
            loop.executor(),
            handler,
            attempt.server().backend().address(),
            frontend.settings().tcp());
  }

  /** The SYN was not answered in time; another server is dialled beside it. */
  void hedged(Attempt attempt, long nowNanos) {
    frontend.loads().unanswered(attempt.server().index(), nowNanos);
    attempt.observer().hedged();
  }

  void connected(Attempt attempt, long nowNanos) {
    frontend.loads().connected(attempt.server().index());
    attempt.observer().connected(nowNanos - attempt.dialledNanos());
    attempt.observer().sessions(1);
    shared.watch().connectSucceeded(frontend.name(), attempt.server().backend().address());
  }

  void notConnected(Attempt attempt, ConnectFailure reason) {
    frontend.loads().notConnected(attempt.server().index());
    attempt.observer().connectFailed(reason);
    if (reason != ConnectFailure.LOCAL) {
      shared
          .watch()
          .connectFailed(
              frontend.name(),
              attempt.server().backend().address(),
              reason == ConnectFailure.LOST_RACE);
    }
    placeFree();
  }

  void answered(Attempt attempt) {
    shared.watch().answered(frontend.name(), attempt.server().backend().address());
  }

  void unanswered(Attempt attempt) {
    shared.watch().unanswered(frontend.name(), attempt.server().backend().address());
  }

  /** A connection to a server is over. */
  void ended(Attempt attempt) {
    frontend.loads().ended(attempt.server().index());
    attempt.observer().sessions(-1);
    placeFree();
  }

  void moved(int place, long fromClient, long toClient) {
    up[place] += fromClient;
    down[place] += toClient;
  }

  // Waiting for a place

  void enqueue(Connection connection) {
    if (waiting.add(connection)) {
      frontend.queued(1);
    } else {
      loop.later(() -> connection.end(SessionEnd.QUEUE_FULL, true));
    }
  }

  private void placeFree() {
    if (waiting.size() > 0) {
      loop.later(this::admit);
    }
    frontend.placeFree(loop);
  }

  /** Lets the first one that waits try again. */
  void admit() {
    Connection connection = waiting.poll();
    if (connection == null) {
      return;
    }
    frontend.queued(-1);
    Dialling dialling = connection.dialling();
    if (dialling != null) {
      dialling.placeFree(loop.now());
    }
  }

  /** A client is gone. */
  void finished(Connection connection, SessionEnd reason) {
    if (waiting.remove(connection)) {
      frontend.queued(-1);
    }
    loop.remove(connection);
    frontend.observer().ended(reason);
    shared.sharing().sources().leave(connection.client());
    frontend.closed();
  }

  // From the loop's beat, and from changes

  /** Ends every connection of this listener that a condition holds for. */
  void endIf(Predicate<Connection> condition, SessionEnd reason, boolean reset) {
    loop.endIf(c -> c.frontend() == this && condition.test(c), reason, reset);
  }

  /** A server is down: nobody waits for it any more; {@code close}: nobody stays with it. */
  void down(int place, boolean close) {
    long now = loop.now();
    loop.each(
        connection -> {
          if (connection.frontend() != this) {
            return;
          }
          Dialling dialling = connection.dialling();
          if (dialling != null) {
            dialling.serverDown(place, now);
          } else if (close && connection.server() == place) {
            connection.end(SessionEnd.BACKEND_DOWN, true);
          }
        });
  }

  /** Hands the sums on. */
  void flush() {
    for (int place = 0; place < up.length; place++) {
      if ((up[place] | down[place]) != 0) {
        frontend.moved(place, up[place], down[place]);
        up[place] = 0;
        down[place] = 0;
      }
    }
  }

  /** New settings or another pool are in force. */
  void changed(boolean settings) {
    if (settings) {
      balancer = frontend.newBalancer();
      rules = frontend.settings().rules();
    }
    for (int waiters = waiting.size(); waiters > 0; waiters--) {
      admit();
    }
  }
}
