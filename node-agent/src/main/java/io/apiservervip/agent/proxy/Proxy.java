package io.apiservervip.agent.proxy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP proxy of one agent. Event loops carry the bytes; one control thread applies settings,
 * health and binds sockets. Every method may be called by any thread; only {@link #drain} and
 * {@link #close} wait.
 */
public final class Proxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
  private static final int MAX_LOOPS = 4;
  private static final int PIPES = 48;
  private static final int MAX_SOURCES = 1 << 16;
  private static final long BIND_AGAIN_MILLIS = 1_000;
  private static final long STUCK_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long END_MILLIS = 2_000;

  private final ProxyPorts ports;
  private final ProxyShared shared;
  private final EventLoopGroup group;
  private final List<ProxyLoop> loops = new ArrayList<>();

  /** After its end it takes nothing: the checks may still tell of a change then. */
  private final ScheduledExecutorService control =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("proxy-control").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  private volatile Map<String, Entry> entries = Map.of();

  private record Entry(Frontend frontend, Doors doors) {}

  /**
   * Not yet running.
   *
   * @param nanoClock monotonic
   * @param seed of the hash of client addresses
   */
  public Proxy(ProxyPorts ports, LongSupplier nanoClock, long seed) {
    this.ports = ports;
    Transport transport = Transports.best(ports.pipeSize());
    this.shared =
        new ProxyShared(
            transport,
            nanoClock,
            ports.observer(),
            ports.watch(),
            new ProxyShared.Sharing(
                new AtomicInteger(), new SourceTable(MAX_SOURCES, seed), new ReplayBudget()));
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_LOOPS);
    this.group =
        new MultiThreadIoEventLoopGroup(threads, threads(ports.loopBegins()), transport.handlers());
    for (int i = 0; i < threads; i++) {
      loops.add(new ProxyLoop((IoEventLoop) group.next(), shared, PIPES / threads));
    }
  }

  private static ThreadFactory threads(Runnable begins) {
    ThreadFactory factory = new DefaultThreadFactory("proxy", true);
    return loop ->
        factory.newThread(
            () -> {
              begins.run();
              loop.run();
            });
  }

  /** Begins to turn; listens once there are settings. */
  public void start() {
    LOG.atInfo()
        .addKeyValue("transport", shared.transport().name())
        .addKeyValue("loops", loops.size())
        .log("proxy starts");
    for (ProxyLoop loop : loops) {
      loop.start(() -> beat(loop));
    }
    ScheduledFuture<?> _ =
        control.scheduleWithFixedDelay(
            guarded(() -> entries.values().forEach(entry -> entry.doors().open())),
            BIND_AGAIN_MILLIS,
            BIND_AGAIN_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void beat(ProxyLoop loop) {
    for (Entry entry : entries.values()) {
      FrontendOnLoop part = entry.frontend().on(loop);
      part.flush();
      part.resume();
    }
  }

  /** Serves these listeners from now on; connections of those that stay live on. */
  public void reconfigure(List<FrontendSettings> wanted) {
    List<FrontendSettings> settings = List.copyOf(wanted);
    control.execute(guarded(() -> apply(settings)));
  }

  /** What the checks say has changed. */
  public void healthChanged() {
    control.execute(
        guarded(
            () ->
                entries
                    .values()
                    .forEach(e -> e.frontend().health(ports.health().of(e.frontend().name())))));
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException bug) {
        LOG.error("the proxy could not take a change over; this is a bug", bug);
      }
    };
  }

  private void apply(List<FrontendSettings> wanted) {
    Map<String, Entry> before = entries;
    Map<String, Entry> next = new LinkedHashMap<>();
    for (FrontendSettings settings : wanted) {
      Entry old = before.get(settings.name());
      Entry entry = old == null ? entry(settings) : old;
      if (old != null && !settings.sameSockets(old.frontend().settings())) {
        old.doors().close();
        entry = new Entry(old.frontend(), doors(old.frontend()));
      }
      List<String> removed = removed(entry.frontend(), settings);
      entry.frontend().settings(settings, ports.health().of(settings.name()));
      if (!removed.isEmpty()) {
        drainRemoved(entry.frontend());
      }
      next.put(settings.name(), entry);
    }
    entries = Collections.unmodifiableMap(next);
    before.forEach(
        (name, entry) -> {
          if (!next.containsKey(name)) {
            entry.doors().close();
            drainListener(entry.frontend());
          }
        });
    next.values().forEach(entry -> entry.doors().open());
  }

  private Entry entry(FrontendSettings settings) {
    Frontend frontend = new Frontend(shared, loops, settings);
    return new Entry(frontend, doors(frontend));
  }

  private Doors doors(Frontend frontend) {
    return new Doors(frontend, shared.transport(), ports.holders());
  }

  private static List<String> removed(Frontend frontend, FrontendSettings next) {
    return frontend.pool().list().stream()
        .map(server -> server.backend().address())
        .filter(a -> next.backends().stream().noneMatch(b -> b.address().equals(a)))
        .map(Object::toString)
        .toList();
  }

  /** Servers that left the document keep their sessions for drainTimeout. */
  private void drainRemoved(Frontend frontend) {
    later(
        frontend,
        () -> {
          ServerPool pool = frontend.pool();
          frontend.eachPart(
              part -> part.endIf(c -> leaving(pool, c.server()), SessionEnd.DRAINED, false));
        });
  }

  private static boolean leaving(ServerPool pool, int place) {
    Server server = place < 0 ? null : pool.get(place);
    return server != null && server.removed();
  }

  private void drainListener(Frontend frontend) {
    later(
        frontend,
        () -> frontend.eachPart(part -> part.endIf(_ -> true, SessionEnd.LISTENER_REMOVED, false)));
  }

  private void later(Frontend frontend, Runnable task) {
    long millis = frontend.settings().common().session().drainTimeout().toMillis();
    ScheduledFuture<?> _ = control.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
  }

  /** What keeps it from serving, a phrase; null where nothing does. */
  public @Nullable String cannotServe() {
    long now = shared.nanoClock().getAsLong();
    for (ProxyLoop loop : loops) {
      if (now - loop.beatNanos() > STUCK_NANOS) {
        return "an event loop of the proxy is stuck";
      }
    }
    for (Entry entry : entries.values()) {
      String problem = entry.doors().problem();
      if (problem != null && entry.doors().failed()) {
        return problem;
      }
    }
    return null;
  }

  /** Every listener in the order of the document. */
  public List<ListenerStatus> status() {
    List<ListenerStatus> listeners = new ArrayList<>();
    for (Entry entry : entries.values()) {
      Frontend frontend = entry.frontend();
      listeners.add(
          new ListenerStatus(
              frontend.name(),
              frontend.settings().listener().port(),
              entry.doors().bound(),
              entry.doors().problem(),
              frontend.shownLoads(),
              frontend.sessions(),
              frontend.queued()));
    }
    return listeners;
  }

  /** Clients that are connected now. */
  public int connections() {
    return shared.sharing().connections().get();
  }

  /** Live sessions, at most so many from each event loop. */
  public CompletableFuture<List<SessionView>> sessions(int limit) {
    List<CompletableFuture<List<SessionView>>> parts =
        loops.stream().map(loop -> onLoop(loop, () -> views(loop, limit))).toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(_ -> parts.stream().flatMap(part -> part.join().stream()).toList());
  }

  private static List<SessionView> views(ProxyLoop loop, int limit) {
    List<SessionView> views = new ArrayList<>();
    loop.each(
        connection -> {
          SessionView view =
              views.size() < limit
                  ? connection.view(connection.frontend().frontend().name())
                  : null;
          if (view != null) {
            views.add(view);
          }
        });
    return views;
  }

  /**
   * Resets every client that came to one of these addresses, which leave this host: their packets
   * would reach it no more, and they would wait for long.
   *
   * @return how many, once it is done
   */
  public CompletableFuture<Integer> resetSessions(Set<InetAddress> addresses) {
    Set<InetAddress> leaving = Set.copyOf(addresses);
    Predicate<Connection> there =
        connection -> {
          InetSocketAddress local = connection.wire().localAddress();
          return local != null && leaving.contains(local.getAddress());
        };
    return endOnLoops(there, SessionEnd.ADDRESS_LOST, true);
  }

  private CompletableFuture<Integer> endOnLoops(
      Predicate<Connection> which, SessionEnd reason, boolean reset) {
    List<CompletableFuture<Integer>> parts =
        loops.stream().map(loop -> onLoop(loop, () -> loop.endIf(which, reason, reset))).toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(_ -> parts.stream().mapToInt(CompletableFuture::join).sum());
  }

  private static <T> CompletableFuture<T> onLoop(ProxyLoop loop, Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, loop.executor());
  }

  /** Accepts nobody any more, and waits until the last session is over or the time is up. */
  public void drain(Duration most) throws InterruptedException {
    control.execute(guarded(() -> entries.values().forEach(entry -> entry.doors().close())));
    long end = shared.nanoClock().getAsLong() + most.toNanos();
    while (shared.sharing().connections().get() > 0 && shared.nanoClock().getAsLong() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    // An event loop that hangs is not waited for: the process ends with its sockets.
    int left =
        endOnLoops(_ -> true, SessionEnd.DRAINED, false)
            .completeOnTimeout(-1, END_MILLIS, TimeUnit.MILLISECONDS)
            .join();
    LOG.atInfo().addKeyValue("ended", left).log("proxy drained");
  }

  @Override
  public void close() {
    control.shutdownNow();
    boolean ended =
        group
            .shutdownGracefully(0, END_MILLIS, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(END_MILLIS);
    loops.forEach(ProxyLoop::close);
    LOG.atInfo().addKeyValue("inOrder", ended).log("proxy ends");
  }
}
