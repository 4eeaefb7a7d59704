package io.apiservervip.agent.proxy;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One listener over all event loops: its settings, its pool of servers, what it carries. Settings
 * and pool are written by the control thread and read by the loops.
 */
final class Frontend {
  /** Most clients that wait for a place, on one event loop. */
  static final int QUEUE = 1_024;

  /**
   * So many connections more, and a quarter, than the least busy loop has, then that one gets the
   * client.
   */
  private static final int UNEVEN = 4;

  private final String name;
  private final ProxyShared shared;
  private final ListenerObserver observer;
  private final Loads loads = new Loads();
  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger queued = new AtomicInteger();
  private final List<FrontendOnLoop> parts = new ArrayList<>();
  private final @Nullable BackendObserver[] backends = new BackendObserver[ServerPool.MAX_SERVERS];
  private volatile FrontendSettings settings;
  private volatile SourceFilter filter;
  private volatile ServerPool pool;

  Frontend(ProxyShared shared, List<ProxyLoop> loops, FrontendSettings settings) {
    this.name = settings.name();
    this.shared = shared;
    this.observer = shared.observer().listener(name);
    this.settings = settings;
    this.filter = new SourceFilter(settings.common().allowedSources());
    this.pool = ServerPool.EMPTY;
    loops.forEach(loop -> parts.add(new FrontendOnLoop(this, loop)));
  }

  String name() {
    return name;
  }

  FrontendSettings settings() {
    return settings;
  }

  SourceFilter filter() {
    return filter;
  }

  ServerPool pool() {
    return pool;
  }

  Loads loads() {
    return loads;
  }

  ListenerObserver observer() {
    return observer;
  }

  List<FrontendOnLoop> parts() {
    return parts;
  }

  /** The counters of a server; found by its place, so that no connection looks it up. */
  BackendObserver observer(Server server) {
    return Objects.requireNonNullElseGet(
        backends[server.index()], () -> observer.backend(server.backend().address()));
  }

  Balancer newBalancer() {
    FrontendSettings now = settings;
    return new Balancer(
        now.common().backends().algorithm(),
        now.common().backends().slowStart().toNanos(),
        now.common().limits().perBackend());
  }

  /** The loop that a new client of {@code here} goes to. */
  ProxyLoop leastBusy(ProxyLoop here) {
    ProxyLoop best = here;
    int least = here.connections() - UNEVEN - here.connections() / 4;
    for (FrontendOnLoop part : parts) {
      if (part.loop().connections() < least) {
        best = part.loop();
        least = best.connections();
      }
    }
    return best;
  }

  FrontendOnLoop on(ProxyLoop loop) {
    for (FrontendOnLoop part : parts) {
      if (part.loop() == loop) {
        return part;
      }
    }
    throw new IllegalArgumentException("a loop of another proxy");
  }

  // Changes; control thread

  /** Takes new settings over; connections that live stay. */
  void settings(FrontendSettings next, Map<BackendAddress, ServerHealth> health) {
    settings = next;
    filter = new SourceFilter(next.common().allowedSources());
    pool(pool.next(next.backends(), health, loads.inUse()));
    eachPart(part -> part.changed(true));
  }

  /** What the checks say has changed. */
  void health(Map<BackendAddress, ServerHealth> health) {
    ServerPool before = pool;
    pool(before.next(settings.backends(), health, loads.inUse()));
    eachPart(part -> part.changed(false));
    closeDown(before);
  }

  private void pool(ServerPool next) {
    for (Server server : next.list()) {
      backends[server.index()] = observer.backend(server.backend().address());
    }
    pool = next;
  }

  /** Sessions of a server that went down are closed, unless no server is left to go to. */
  private void closeDown(ServerPool before) {
    ServerPool now = pool;
    boolean somebody = now.list().stream().anyMatch(s -> s.state() != BackendState.DOWN);
    for (Server server : now.list()) {
      Server old = before.get(server.index());
      boolean went = old != null && old.state() != server.state();
      if (server.state() == BackendState.DOWN && (went || somebody)) {
        boolean close = somebody && settings.common().session().closeOnBackendDown();
        eachPart(part -> part.down(server.index(), close));
      }
    }
  }

  void eachPart(Consumer<FrontendOnLoop> action) {
    parts.forEach(part -> part.loop().later(() -> action.accept(part)));
  }

  // Counting; any loop

  boolean hasRoom() {
    return shared.sharing().connections().get() < settings.common().limits().maxConnections();
  }

  void opened() {
    sessions.incrementAndGet();
  }

  void closed() {
    sessions.decrementAndGet();
    int left = shared.sharing().connections().decrementAndGet();
    if (left == settings.common().limits().maxConnections() - 1) {
      eachPart(FrontendOnLoop::resume);
    }
  }

  int sessions() {
    return sessions.get();
  }

  void queued(int change) {
    queued.addAndGet(change);
    if (change > 0) {
      observer.queued();
    } else {
      observer.dequeued();
    }
  }

  int queued() {
    return queued.get();
  }

  /** A server has a place; clients of other loops may wait for it. */
  void placeFree(ProxyLoop here) {
    if (queued.get() == 0) {
      return;
    }
    for (FrontendOnLoop part : parts) {
      if (part.loop() != here) {
        part.loop().later(part::admit);
      }
    }
  }

  void moved(int place, long fromClient, long toClient) {
    observer.bytes(fromClient, toClient);
    BackendObserver backend = backends[place];
    if (backend != null) {
      backend.bytes(fromClient, toClient);
    }
  }

  List<BackendLoad> shownLoads() {
    return pool.list().stream()
        .map(
            s ->
                new BackendLoad(
                    s.backend().address(),
                    s.shownState(),
                    s.backend().weight(),
                    loads.active(s.index()),
                    loads.pending(s.index())))
        .toList();
  }
}
