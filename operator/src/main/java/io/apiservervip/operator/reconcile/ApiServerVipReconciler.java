package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.operator.model.VipPlan;
import io.apiservervip.operator.status.EntryRemoval;
import io.apiservervip.operator.status.HinderedStatus;
import io.apiservervip.operator.status.StatusMemory;
import io.apiservervip.operator.status.StatusPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, plans, applies in order, writes the status. A reign has one; the framework calls it for
 * one resource at a time, for several at once. Nothing is planned while an informer has not listed
 * yet, and nothing is written once another replica may lead. What the API server forbids is told in
 * the status.
 */
@ControllerConfiguration(name = "apiservervip")
public final class ApiServerVipReconciler
    implements Reconciler<ApiServerVipResource>, Cleaner<ApiServerVipResource> {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServerVipReconciler.class);
  private static final long NOT_YET_MILLIS = 500;
  private static final long ENDED = -1;
  private static final Duration SOONEST = Duration.ofMillis(50);
  private static final Duration LATEST = Duration.ofMinutes(5);

  private final Reigning reign;
  private final ApiServerChecks checks;
  private final VipMeters meters;
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private @Nullable Workshop workshop;

  /**
   * Of one reign; does nothing yet.
   *
   * @param checks which outlive the reign
   * @param meters which outlive it too
   */
  public ApiServerVipReconciler(Reigning reign, ApiServerChecks checks, VipMeters meters) {
    this.reign = reign;
    this.checks = checks;
    this.meters = meters;
  }

  @Override
  public List<EventSource<?, ApiServerVipResource>> prepareEventSources(
      EventSourceContext<ApiServerVipResource> context) {
    ClusterCache cache = new ClusterCache(context, reign.settings().namespace());
    workshop = Workshop.of(reign, cache, checks);
    return cache.sources();
  }

  /**
   * What it lacks to work, a phrase; empty: nothing.
   *
   * @param others of the controller itself that have not listed yet
   */
  public String missing(List<String> others) {
    List<String> unlisted =
        Stream.concat(others.stream(), workshop().cache().unsynced().stream()).toList();
    if (unlisted.isEmpty()) {
      return refusals.isEmpty() ? "" : "not allowed: " + refusals.values().iterator().next();
    }
    String refusal = workshop().lists().refusal(unlisted);
    return "not listed yet: "
        + String.join(", ", unlisted)
        + (refusal.isEmpty() ? "" : "; " + refusal);
  }

  /** Names of the resources that there are. */
  public Set<String> known() {
    return workshop().cache().vips().stream()
        .map(vip -> vip.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  @Override
  public UpdateControl<ApiServerVipResource> reconcile(
      ApiServerVipResource vip, Context<ApiServerVipResource> context) {
    return UpdateControl.<ApiServerVipResource>noUpdate()
        .rescheduleAfter(notNow() ? idle(vip) : guarded(vip, () -> pass(vip)));
  }

  @Override
  public DeleteControl cleanup(ApiServerVipResource vip, Context<ApiServerVipResource> context) {
    if (notNow()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(idle(vip));
    }
    long again = guarded(vip, () -> Deletion.allowed(vip) ? end(vip) : pass(vip));
    if (again != ENDED) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(again);
    }
    meters.forget(vip.getMetadata().getName());
    return DeleteControl.defaultDelete();
  }

  /** One step of the end; when to take the next. */
  private long end(ApiServerVipResource vip) {
    return workshop().deletion().carryOut(vip, reign.clock().instant()) ? ENDED : NOT_YET_MILLIS;
  }

  /** Nothing may be done; where that is because a list is forbidden the status says so. */
  private long idle(ApiServerVipResource vip) {
    List<String> unlisted = workshop().cache().unsynced();
    String refusal =
        unlisted.isEmpty() || !reign.leads().getAsBoolean()
            ? ""
            : workshop().lists().refusal(unlisted);
    if (!refusal.isEmpty()) {
      hindered(vip, refusal);
    }
    return NOT_YET_MILLIS;
  }

  /** What is forbidden would not be allowed at the next attempt a moment later. */
  private long guarded(ApiServerVipResource vip, LongSupplier step) {
    String name = vip.getMetadata().getName();
    try {
      long again = step.getAsLong();
      refusals.remove(name);
      return again;
    } catch (KubernetesClientException e) {
      if (!Refusals.isForbidden(e)) {
        throw e;
      }
      String words = Refusals.words(e);
      if (!words.equals(refusals.put(name, words))) {
        LOG.atWarn().addKeyValue("vip", name).addKeyValue("error", words).log("not allowed");
      }
      hindered(vip, words);
      return PodRollOut.Progress.RETRY.toMillis();
    }
  }

  private void hindered(ApiServerVipResource vip, String why) {
    Workshop shop = workshop();
    String name = vip.getMetadata().getName();
    ApiServerVipStatus stored =
        shop.book().manifest(vip) instanceof Reading.Accepted<Manifest> read
            ? read.value().vip().status()
            : null;
    Instant now = reign.clock().instant();
    Long generation = vip.getMetadata().getGeneration();
    StatusMemory memory = shop.memory().getOrDefault(name, StatusMemory.EMPTY);
    try {
      write(
          vip,
          HinderedStatus.of(stored, memory, generation == null ? 0 : generation, why, now),
          shop,
          now);
    } catch (KubernetesClientException e) {
      if (!Refusals.isForbidden(e)) {
        throw e;
      }
      // the status itself may not be written: /readyz and the log have it
    }
  }

  /** One pass over a resource; when to look again, in milliseconds. */
  private long pass(ApiServerVipResource vip) {
    Workshop shop = workshop();
    Owner owner = Owner.of(vip);
    Instant now = reign.clock().instant();
    List<HasMetadata> made = shop.cache().made(owner);
    VipPlan plan = Deletion.noted(vip, shop.viewer().plan(vip, made));
    Manifest manifest =
        shop.book().manifest(vip) instanceof Reading.Accepted<Manifest> read ? read.value() : null;
    Pass pass = new Pass(owner, plan, manifest, made, now);
    reign.servers().accept(shop.viewer().servers());
    Pass.Result result = shop.carryOut(pass);
    StatusPlan status = result.status();
    write(vip, status, shop, now);
    return delay(now, Pass.earlier(status.again(), result.again()));
  }

  /** The meters first: they show what was judged also where the API server refuses the write. */
  private void write(ApiServerVipResource vip, StatusPlan plan, Workshop shop, Instant now) {
    String name = vip.getMetadata().getName();
    ApiServerVipStatus status = plan.status();
    meters.show(name, status);
    shop.statuses().apply(vip, status);
    for (EntryRemoval removal : plan.removals()) {
      shop.statuses().remove(vip, removal);
    }
    shop.remember(name, plan.memory());
    meters.count(name, plan.events());
    shop.events().raise(vip, plan.events(), now);
  }

  private boolean notNow() {
    return !reign.leads().getAsBoolean() || !workshop().cache().unsynced().isEmpty();
  }

  private Workshop workshop() {
    return Objects.requireNonNull(workshop, "event sources were not prepared");
  }

  private static long delay(Instant now, @Nullable Instant again) {
    Duration wait = again == null ? LATEST : Duration.between(now, again);
    return wait.compareTo(SOONEST) < 0
        ? SOONEST.toMillis()
        : Math.min(wait.toMillis(), LATEST.toMillis());
  }
}
