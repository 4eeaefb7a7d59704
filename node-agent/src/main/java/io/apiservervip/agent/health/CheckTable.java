package io.apiservervip.agent.health;

import io.apiservervip.agentapi.BackendAddress;
import io.apiservervip.api.v1alpha1.BackendState;
import io.apiservervip.api.v1alpha1.CheckType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every backend that is checked, listener by listener in the document's order. Owned by the check
 * loop; the snapshots are read by any thread.
 */
final class CheckTable implements BackendCheck.Surroundings {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);

  private static final Set<CheckType> TLS = EnumSet.of(CheckType.TLS, CheckType.HTTPS);

  private final ProbeTransport transport;
  private final Clock wallClock;
  private final RandomGenerator random;
  private final CheckObserver observer;
  private final CertificateWatch certificates = new CertificateWatch();
  private final Map<String, Map<BackendAddress, BackendCheck>> checks = new LinkedHashMap<>();
  private volatile Map<String, Map<BackendAddress, BackendHealth>> snapshots = Map.of();
  private volatile Map<String, Map<BackendAddress, Traffic>> traffic = Map.of();

  CheckTable(
      ProbeTransport transport, Clock wallClock, RandomGenerator random, CheckObserver observer) {
    this.transport = transport;
    this.wallClock = wallClock;
    this.random = random;
    this.observer = observer;
  }

  Map<String, Map<BackendAddress, BackendHealth>> snapshots() {
    return snapshots;
  }

  /** Where connections tell what they see; null for a backend that is not checked (any more). */
  @Nullable Traffic traffic(String listener, BackendAddress address) {
    Map<BackendAddress, Traffic> known = traffic.get(listener);
    return known == null ? null : known.get(address);
  }

  /** Checks these and no others. */
  void apply(List<CheckedPool> pools) {
    Map<String, Map<BackendAddress, BackendCheck>> old = new LinkedHashMap<>(checks);
    checks.clear();
    List<BackendCheck> fresh = new ArrayList<>();
    for (CheckedPool pool : pools) {
      Map<BackendAddress, BackendCheck> kept =
          old.getOrDefault(pool.listener(), new LinkedHashMap<>());
      Map<BackendAddress, BackendCheck> row = new LinkedHashMap<>();
      for (BackendAddress address : pool.backends()) {
        BackendCheck check = kept.remove(address);
        if (check == null) {
          check = new BackendCheck(this, pool.listener(), address, pool.check());
          fresh.add(check);
        } else {
          check.reconfigure(pool.check());
        }
        row.put(address, check);
      }
      checks.put(pool.listener(), row);
    }
    old.values().forEach(row -> row.values().forEach(BackendCheck::close));
    publish();
    if (pools.stream().map(pool -> pool.check().probe().type()).anyMatch(TLS::contains)) {
      transport.tls().warmUp();
    }
    fresh.forEach(BackendCheck::run);
  }

  private void publish() {
    Map<String, Map<BackendAddress, BackendHealth>> shown = new LinkedHashMap<>();
    Map<String, Map<BackendAddress, Traffic>> told = new LinkedHashMap<>();
    checks.forEach(
        (listener, row) -> {
          Map<BackendAddress, BackendHealth> health = new LinkedHashMap<>();
          Map<BackendAddress, Traffic> seen = new LinkedHashMap<>();
          row.forEach(
              (address, check) -> {
                health.put(address, check.health());
                seen.put(address, check.traffic());
              });
          shown.put(listener, Collections.unmodifiableMap(health));
          told.put(listener, seen);
        });
    snapshots = shown;
    traffic = told;
  }

  @Override
  public ProbeTransport transport() {
    return transport;
  }

  @Override
  public Instant wallTime() {
    return wallClock.instant();
  }

  @Override
  public double random() {
    return random.nextDouble();
  }

  @Override
  public void ended(BackendCheck check, boolean byCheck, @Nullable BackendState before) {
    publish();
    BackendHealth now = check.health();
    if (byCheck) {
      certificates.look(now, wallClock.instant());
      observer.checked(check.listener(), now);
    }
    if (now.checked() && now.state() != before) {
      log(check.listener(), now, before);
      observer.changed(check.listener(), now);
    }
  }

  private static void log(String listener, BackendHealth now, @Nullable BackendState before) {
    (now.state() == BackendState.UP ? LOG.atInfo() : LOG.atWarn())
        .addKeyValue("listener", listener)
        .addKeyValue("backend", now.address().text())
        .addKeyValue("from", before == null ? "unchecked" : text(before))
        .addKeyValue("to", text(now.state()))
        .addKeyValue("reason", now.lastError() == null ? "check passed" : now.lastError())
        .log("backend changed");
  }

  private static String text(BackendState state) {
    return switch (state) {
      case UP -> "Up";
      case NOT_READY -> "NotReady";
      case DOWN -> "Down";
      case DRAINING -> "Draining";
    };
  }
}
