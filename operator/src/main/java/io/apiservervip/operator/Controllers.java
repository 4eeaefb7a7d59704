package io.apiservervip.operator;

import io.apiservervip.operator.reconcile.ApiServerChecks;
import io.apiservervip.operator.reconcile.ApiServerVipReconciler;
import io.apiservervip.operator.reconcile.CrdKeeper;
import io.apiservervip.operator.reconcile.Names;
import io.apiservervip.operator.reconcile.Reigning;
import io.apiservervip.operator.reconcile.VipMeters;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.List;

/**
 * The controllers of one reign, on one client. An informer that cannot list keeps trying; one that
 * gave up has everything begin anew. Neither ever ends the process, which is the framework's
 * default.
 */
final class Controllers implements ReignLoop.Reign {
  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LAST_WORK = Duration.ofSeconds(2);
  private static final int THREADS = 4;
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final long MAX_RETRY_MILLIS = 30_000;

  private final CrdKeeper definition;
  private final Operator operator;
  private final ApiServerVipReconciler reconciler;

  private Controllers(CrdKeeper definition, Operator operator, ApiServerVipReconciler reconciler) {
    this.definition = definition;
    this.operator = operator;
    this.reconciler = reconciler;
  }

  /** Applies the CRD, lists what is needed and begins to reconcile. */
  static Controllers begin(
      Reigning reign, ApiServerChecks checks, VipMeters meters, Metrics metrics, Runnable restart) {
    CrdKeeper definition = CrdKeeper.begin(reign.client(), restart);
    try {
      ApiServerVipReconciler reconciler = new ApiServerVipReconciler(reign, checks, meters);
      Operator operator =
          new Operator(settings -> configure(settings, reign.client(), metrics, restart));
      operator.register(
          reconciler,
          controller ->
              controller
                  .withFieldManager(Names.FIELD_MANAGER)
                  .withFinalizer(Names.FINALIZER)
                  .withGenerationAware(false)
                  .withRetry(retry()));
      operator.start();
      meters.retain(reconciler.known());
      return new Controllers(definition, operator, reconciler);
    } catch (RuntimeException e) {
      definition.close();
      throw e;
    }
  }

  private static void configure(
      ConfigurationServiceOverrider settings,
      KubernetesClient client,
      Metrics metrics,
      Runnable restart) {
    settings
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withMetrics(metrics)
        .withStopOnInformerErrorDuringStartup(false)
        .withCacheSyncTimeout(SYNC_TIMEOUT)
        .withReconciliationTerminationTimeout(LAST_WORK)
        .withConcurrentReconciliationThreads(THREADS)
        .withInformerStoppedHandler(
            (informer, failure) -> {
              if (failure != null) {
                restart.run();
              }
            });
  }

  private static GenericRetry retry() {
    return new GenericRetry()
        .setInitialInterval(FIRST_RETRY)
        .setIntervalMultiplier(2)
        .setMaxInterval(MAX_RETRY_MILLIS)
        .withoutMaxAttempts();
  }

  @Override
  public String missing() {
    return reconciler.missing(listed() ? List.of() : List.of("apiservervips"));
  }

  /** Whether the resources themselves have been listed. */
  private boolean listed() {
    return operator.getRuntimeInfo().unhealthyEventSources().values().stream()
        .map(sources -> sources.get(ControllerEventSource.NAME))
        .filter(own -> own instanceof InformerWrappingEventSourceHealthIndicator<?>)
        .flatMap(
            own ->
                ((InformerWrappingEventSourceHealthIndicator<?>) own)
                    .informerHealthIndicators().values().stream())
        .allMatch(InformerHealthIndicator::hasSynced);
  }

  @Override
  public void close() {
    operator.stop();
    definition.close();
  }
}
