package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.agentapi.HealthCheckConfig;
import io.apiservervip.api.v1alpha1.CheckType;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one backend, one question at a time. Between questions of Http and Https the connection is
 * kept, for ten minutes at most, so that a renewed certificate is seen. A kept connection that ends
 * under a question proves nothing, as servers close idle ones: it is asked again on a new one,
 * within the same time-out. Owned by the check loop.
 */
final class Probe implements ProbeConnection.Owner {
  private static final long MAX_AGE_NANOS = Duration.ofMinutes(10).toNanos();

  private final ProbeTransport transport;
  private final BackendAddress address;
  private final HealthCheckConfig.Probe settings;

  private @Nullable ProbeConnection connection;
  private @Nullable Consumer<CheckResult> asker;
  private @Nullable Future<?> timeout;
  private @Nullable ServerCertificate certificate;
  private boolean retry;
  private boolean keep;

  Probe(ProbeTransport transport, BackendAddress address, HealthCheckConfig.Probe settings) {
    this.transport = transport;
    this.address = address;
    this.settings = settings;
  }

  HealthCheckConfig.Probe settings() {
    return settings;
  }

  /** What the server presented last. */
  @Nullable ServerCertificate certificate() {
    return certificate;
  }

  boolean busy() {
    return asker != null;
  }

  /** Asks; the result comes once, on the loop, and never after {@link #close}. Not while busy. */
  void check(Consumer<CheckResult> whenDone) {
    if (busy()) {
      throw new IllegalStateException("the last check of " + address + " has not ended");
    }
    asker = whenDone;
    keep = true;
    timeout =
        transport
            .loop()
            .schedule(this::timedOut, settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    ProbeConnection kept = connection;
    if (kept != null && transport.nanoTime() - kept.openedNanos() > MAX_AGE_NANOS) {
      disconnect();
      kept = null;
    }
    retry = kept != null;
    if (kept == null) {
      connect();
    } else {
      kept.ask();
    }
  }

  /** Asks on a new connection the next time; one that is in use is closed after the answer. */
  void disconnect() {
    keep = false;
    ProbeConnection kept = connection;
    if (kept != null && !busy()) {
      connection = null;
      kept.closeInOrder();
    }
  }

  /** Ends for good, and in order. */
  void close() {
    Future<?> timer = timeout;
    if (timer != null) {
      timer.cancel(false);
    }
    asker = null;
    disconnect();
  }

  private void connect() {
    ProbeConnection next =
        new ProbeConnection(transport, address, settings, this, transport.nanoTime());
    connection = next;
    next.connect();
  }

  @Override
  public void established(@Nullable ServerCertificate presented) {
    if (presented != null) {
      certificate = presented;
    }
    ProbeConnection open = connection;
    boolean question = settings.type() == CheckType.HTTP || settings.type() == CheckType.HTTPS;
    if (open != null && question) {
      open.ask();
    } else {
      answered(new CheckResult.Good(), false);
    }
  }

  @Override
  public void answered(CheckResult result, boolean reusable) {
    ProbeConnection open = connection;
    if (open != null && !(reusable && keep && busy())) {
      connection = null;
      open.closeInOrder();
    }
    end(result);
  }

  @Override
  public void lost(CheckResult why) {
    connection = null;
    if (busy() && retry) {
      retry = false;
      connect();
    } else {
      end(why);
    }
  }

  private void timedOut() {
    ProbeConnection silent = connection;
    connection = null;
    String where = "";
    if (silent != null) {
      where = " " + silent.phase().text();
      silent.abort();
    }
    end(
        new CheckResult.Failed(
            "no answer" + where + " in " + settings.timeout().toMillis() + " ms"));
  }

  private void end(CheckResult result) {
    Consumer<CheckResult> waiting = asker;
    Future<?> timer = timeout;
    asker = null;
    timeout = null;
    if (timer != null) {
      timer.cancel(false);
    }
    if (waiting != null) {
      waiting.accept(result);
    }
  }
}
