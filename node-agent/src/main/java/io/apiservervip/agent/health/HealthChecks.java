package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.netty.channel.IoEventLoopGroup;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The checks of every listener's backends, on one event loop. Every method may be called by any
 * thread and none waits, but {@link #close}.
 */
public final class HealthChecks implements AutoCloseable {
  private volatile Map<String, Map<BackendAddress, BackendHealth>> snapshots = Map.of();

  /**
   * Not yet running.
   *
   * @param version told to the API servers in the User-Agent
   * @param loop what runs the checks; null: a thread of their own, which ends with {@link #close}
   * @param changed called on the check loop after each change of a backend's state, when the
   *     snapshot shows it
   */
  public HealthChecks(
      LongSupplier nanoClock,
      Clock wallClock,
      RandomGenerator random,
      String version,
      @Nullable IoEventLoopGroup loop,
      Runnable changed) {}

  /** Begins to check. */
  public void start() {}

  /**
   * Checks these from now on. A backend that stays in its listener keeps its state, and its
   * connection unless type, path or time-out of the check changed; the snapshot follows in a
   * moment.
   */
  public void reconfigure(List<CheckedPool> pools) {}

  /** The backends of one listener as last seen; empty for a name that is not checked (yet). */
  public Map<BackendAddress, BackendHealth> snapshot(String listener) {
    return snapshots.getOrDefault(listener, Map.of());
  }

  /** Certificates that have expired or will within 30 days, each backend once. */
  public List<CertificateWarning> certificateWarnings() {
    return List.of();
  }

  /** A client's connection to the backend was established. */
  public void connectSucceeded(String listener, BackendAddress address) {}

  /**
   * A client's connection to the backend was not established; never to be called for a reason on
   * this side, such as no free port.
   *
   * @param lostRace given up because another backend answered first
   */
  public void connectFailed(String listener, BackendAddress address, boolean lostRace) {}

  /** The backend answered the first bytes of a client. */
  public void firstFlightAnswered(String listener, BackendAddress address) {}

  /** The backend left the first bytes of a client unanswered, or reset or closed instead. */
  public void firstFlightUnanswered(String listener, BackendAddress address) {}

  /** Ends every check, closes their connections in order; waits for that 1 s at most. */
  @Override
  public void close() {}
}
