package io.apiservervip.operator;

import io.apiservervip.agent.kube.ApiCredentials;
import io.apiservervip.operator.lead.ClusterLease;
import io.apiservervip.operator.lead.LeaseLoop;
import io.apiservervip.operator.lead.LeaseTimes;
import io.apiservervip.operator.model.OperatorSettings;
import io.apiservervip.operator.reconcile.ApiServerChecks;
import io.apiservervip.operator.reconcile.Reigning;
import io.apiservervip.operator.reconcile.VipMeters;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * The operator's composition root: the connection, the election, what runs while this replica
 * leads, and the HTTP port. It never ends by itself, whatever the API servers do.
 */
public final class OperatorProgram implements AutoCloseable {
  private static final String FRAMEWORK = "operator.sdk.";
  private static final String LEASE = "apiserver-vip-operator";
  private static final long STUCK_NANOS = Duration.ofMinutes(1).toNanos();

  private final OperatorSettings settings;
  private final String identity;
  private final PrometheusMeterRegistry registry;
  private final VipMeters meters;
  private final ApiServerChecks checks;
  private final Uplink uplink;
  private final ReignLoop reigns;
  private final LeaseLoop lease;
  private final OperatorPort port;

  /**
   * Not yet running.
   *
   * @param identity of this replica, unlike every other's
   */
  public OperatorProgram(RunOptions options, ApiCredentials credentials, String identity) {
    this.settings =
        new OperatorSettings(options.namespace(), options.agentImage(), options.allowedImages());
    this.identity = identity;
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.meters = new VipMeters(registry);
    this.checks = new ApiServerChecks(ProgramVersion.text());
    this.reigns = new ReignLoop(this::begin);
    this.uplink = new Uplink(credentials, "operator/" + ProgramVersion.text(), this::moved);
    this.lease =
        new LeaseLoop(
            identity,
            LeaseTimes.DEFAULT,
            new ClusterLease(uplink::client, options.namespace(), LEASE, Clock.systemUTC()),
            System::nanoTime,
            this::leading);
    this.port =
        new OperatorPort(
            options.httpPort(),
            new OperatorPort.Pages(this::ailing, this::missing, registry::scrape));
  }

  /** Begins to stand for election, and to answer on the HTTP port. */
  public void start() throws IOException {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    registry.gauge("apiservervip.operator.leading", lease, now -> now.leads() ? 1 : 0);
    port.start();
    checks.start();
    uplink.start();
    reigns.start();
    lease.start();
  }

  /** Where the HTTP port listens. */
  public int httpPort() {
    return port.port();
  }

  /** Ends the controllers, gives the Lease back, then closes the rest. */
  @Override
  public void close() {
    reigns.close();
    lease.close();
    uplink.close();
    checks.close();
    port.close();
  }

  private void moved() {
    reigns.restart();
    lease.wake();
  }

  private void leading(boolean now) {
    meters.leading(now);
    reigns.leading(now);
    if (!now) {
      checks.clear();
    }
  }

  private ReignLoop.Reign begin(Runnable restart) {
    KubernetesClient client = uplink.client();
    Reigning reign =
        new Reigning(client, settings, Clock.systemUTC(), lease::leads, identity, uplink::servers);
    return Controllers.begin(reign, checks, meters, frameworkMetrics(), restart);
  }

  /** The framework's, anew: its gauges of an earlier reign would stay as they were at its end. */
  private Metrics frameworkMetrics() {
    registry.getMeters().stream()
        .filter(meter -> meter.getId().getName().startsWith(FRAMEWORK))
        .toList()
        .forEach(registry::remove);
    return MicrometerMetrics.withoutPerResourceMetrics(registry);
  }

  private String ailing() {
    long age = System.nanoTime() - lease.lastTurnNanos();
    return age < STUCK_NANOS
        ? ""
        : "the election last turned " + Duration.ofNanos(age).toSeconds() + " s ago";
  }

  /** A replica that stands by is ready: it waits for the Lease, not for work. */
  private String missing() {
    ReignLoop.Reign reign = reigns.reign();
    if (!lease.leads()) {
      return lease.saw() ? "" : said("the Lease has not been read yet", lease.trouble());
    }
    return reign == null
        ? said("controllers have not begun yet", reigns.trouble())
        : reign.missing();
  }

  private static String said(String what, String why) {
    return why.isEmpty() ? what : what + ": " + why;
  }
}
