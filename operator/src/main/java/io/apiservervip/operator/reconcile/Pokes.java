package io.apiservervip.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Objects;
import java.util.Set;

/**
 * Events that no informer brings: a sibling came, changed or went, so that conflicts are judged
 * anew; a check found something. Any thread.
 */
final class Pokes extends AbstractEventSource<Void, ApiServerVipResource>
    implements ResourceEventAware<ApiServerVipResource> {
  private final IndexerResourceCache<ApiServerVipResource> vips;

  /** Of these resources. */
  Pokes(IndexerResourceCache<ApiServerVipResource> vips) {
    super(Void.class, "pokes");
    this.vips = vips;
  }

  /** Has one resource reconciled. */
  void poke(String name) {
    EventHandler handler = getEventHandler();
    if (handler != null && isRunning()) {
      handler.handleEvent(new Event(new ResourceID(name)));
    }
  }

  @Override
  public void onResourceCreated(ApiServerVipResource vip) {
    pokeOthers(vip);
  }

  @Override
  public void onResourceUpdated(ApiServerVipResource now, ApiServerVipResource before) {
    if (!Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())) {
      pokeOthers(now);
    }
  }

  @Override
  public void onResourceDeleted(ApiServerVipResource vip) {
    pokeOthers(vip);
  }

  @Override
  public Set<Void> getSecondaryResources(ApiServerVipResource vip) {
    return Set.of();
  }

  private void pokeOthers(ApiServerVipResource vip) {
    String name = vip.getMetadata().getName();
    vips.list()
        .map(other -> other.getMetadata().getName())
        .filter(other -> !other.equals(name))
        .forEach(this::poke);
  }
}
