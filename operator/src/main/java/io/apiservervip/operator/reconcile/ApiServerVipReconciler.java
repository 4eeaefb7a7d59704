package io.apiservervip.operator.reconcile;

import io.apiservervip.agentapi.Manifest;
import io.apiservervip.agentapi.Reading;
import io.apiservervip.api.v1alpha1.ApiServerVipStatus;
import io.apiservervip.operator.model.VipPlan;
import io.apiservervip.operator.status.EntryRemoval;
import io.apiservervip.operator.status.StatusPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads, plans, applies in order, writes the status. A reign has one; the framework calls it for
 * one resource at a time, for several at once. Nothing is planned while an informer has not listed
 * yet, and nothing is written once another replica may lead.
 */
@ControllerConfiguration(name = "apiservervip")
public final class ApiServerVipReconciler
    implements Reconciler<ApiServerVipResource>, Cleaner<ApiServerVipResource> {
  private static final long NOT_YET_MILLIS = 500;
  private static final Duration SOONEST = Duration.ofMillis(50);
  private static final Duration LATEST = Duration.ofMinutes(5);

  private final Reigning reign;
  private final ApiServerChecks checks;
  private final VipMeters meters;
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

  /** Names of informers that have not listed yet. */
  public List<String> unsynced() {
    return workshop().cache().unsynced();
  }

  @Override
  public UpdateControl<ApiServerVipResource> reconcile(
      ApiServerVipResource vip, Context<ApiServerVipResource> context) {
    if (notNow()) {
      return UpdateControl.<ApiServerVipResource>noUpdate().rescheduleAfter(NOT_YET_MILLIS);
    }
    return UpdateControl.<ApiServerVipResource>noUpdate().rescheduleAfter(pass(vip));
  }

  @Override
  public DeleteControl cleanup(ApiServerVipResource vip, Context<ApiServerVipResource> context) {
    if (notNow()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(NOT_YET_MILLIS);
    }
    if (!Deletion.allowed(vip)) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(pass(vip));
    }
    if (!workshop().deletion().carryOut(vip, reign.clock().instant())) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(NOT_YET_MILLIS);
    }
    meters.forget(vip.getMetadata().getName());
    return DeleteControl.defaultDelete();
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
    return delay(now, earlier(status.again(), result.again()));
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

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  private static long delay(Instant now, @Nullable Instant again) {
    Duration wait = again == null ? LATEST : Duration.between(now, again);
    return wait.compareTo(SOONEST) < 0
        ? SOONEST.toMillis()
        : Math.min(wait.toMillis(), LATEST.toMillis());
  }
}
