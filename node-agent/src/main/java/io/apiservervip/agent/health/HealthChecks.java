package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.netty.channel.IoEventLoopGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The checks of every listener's backends, on one event loop; best one of their own, so that no
 * load of the proxy delays them. Any thread may call any method; none waits but {@link #close}.
 */
public final class HealthChecks implements AutoCloseable {
  private static final long CLOSE_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoClock;
  private final Clock wallClock;
  private final RandomGenerator random;
  private final String version;
  private final @Nullable IoEventLoopGroup given;
  private final CheckObserver observer;
  private final AtomicReference<@Nullable List<CheckedPool>> wanted = new AtomicReference<>();
  private @Nullable IoEventLoopGroup own;
  private volatile @Nullable ProbeTransport transport;
  private volatile @Nullable CheckTable table;

  /**
   * Not yet running.
   *
   * @param nanoClock monotonic, the one that stamps {@link BackendHealth}
   * @param random varies the distance of checks
   * @param version told to the API servers in the User-Agent
   * @param given an event loop that runs the checks and outlives them; null: a thread of their own
   */
  public HealthChecks(
      LongSupplier nanoClock,
      Clock wallClock,
      RandomGenerator random,
      String version,
      @Nullable IoEventLoopGroup given,
      CheckObserver observer) {
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
    this.random = random;
    this.version = version;
    this.given = given;
    this.observer = observer;
  }

  /** Begins to check. */
  public synchronized void start() {
    if (transport != null) {
      throw new IllegalStateException("checks have been started already");
    }
    IoEventLoopGroup group = given == null ? ProbeTransport.newLoop() : given;
    own = given == null ? group : null;
    ProbeTransport sockets = new ProbeTransport(group, version, nanoClock);
    table = new CheckTable(sockets, wallClock, random, observer);
    transport = sockets;
    sockets.loop().execute(this::apply);
  }

  /**
   * Checks these from now on, also before {@link #start}. A backend that stays in its listener
   * keeps its state, and its connection unless type, path or time-out of the check changed. The
   * snapshot follows in a moment.
   */
  public void reconfigure(List<CheckedPool> pools) {
    wanted.set(List.copyOf(pools));
    ProbeTransport sockets = transport;
    if (sockets != null) {
      sockets.loop().execute(this::apply);
    }
  }

  /** The backends of one listener as last seen; empty for one that is not checked (yet). */
  public Map<BackendAddress, BackendHealth> snapshot(String listener) {
    CheckTable running = table;
    return running == null ? Map.of() : running.snapshots().getOrDefault(listener, Map.of());
  }

  /** Certificates that have expired or will within 30 days, each backend once. */
  public List<CertificateWarning> certificateWarnings() {
    CheckTable running = table;
    if (running == null) {
      return List.of();
    }
    List<BackendHealth> all =
        running.snapshots().values().stream().flatMap(row -> row.values().stream()).toList();
    return CertificateWatch.warnings(all, wallClock.instant());
  }

  /** A client's connection to the backend was established. */
  public void connectSucceeded(String listener, BackendAddress address) {
    Traffic traffic = traffic(listener, address);
    if (traffic != null) {
      traffic.connected(nanoClock.getAsLong());
    }
  }

  /**
   * A client's connection to the backend was not established; never to be called for a reason on
   * this side, such as no free port.
   *
   * @param lostRace given up because another backend answered first
   */
  public void connectFailed(String listener, BackendAddress address, boolean lostRace) {
    Traffic traffic = traffic(listener, address);
    if (traffic != null) {
      traffic.connectFailed(lostRace);
    }
  }

  /** The backend answered the first bytes of a client. */
  public void firstFlightAnswered(String listener, BackendAddress address) {
    Traffic traffic = traffic(listener, address);
    if (traffic != null) {
      traffic.answered(nanoClock.getAsLong());
    }
  }

  /** The backend left the first bytes of a client unanswered, or reset or closed instead. */
  public void firstFlightUnanswered(String listener, BackendAddress address) {
    Traffic traffic = traffic(listener, address);
    if (traffic != null) {
      traffic.unanswered();
    }
  }

  /** Ends every check and closes their connections in order, within 1 s. Not on the check loop. */
  @Override
  public synchronized void close() {
    ProbeTransport sockets = transport;
    if (sockets == null) {
      return;
    }
    transport = null;
    wanted.set(List.of());
    sockets.loop().submit(this::apply).awaitUninterruptibly(CLOSE_NANOS, TimeUnit.NANOSECONDS);
    sockets.awaitClosed(CLOSE_NANOS);
    if (own != null) {
      own.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS)
          .awaitUninterruptibly(CLOSE_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private @Nullable Traffic traffic(String listener, BackendAddress address) {
    CheckTable running = table;
    return running == null ? null : running.traffic(listener, address);
  }

  /** Check loop: takes the newest wish. */
  private void apply() {
    List<CheckedPool> pools = wanted.getAndSet(null);
    CheckTable running = table;
    if (pools != null && running != null) {
      running.apply(pools);
    }
  }
}
