package io.apiservervip.operator.lead;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Lease object; used by one thread at a time. Its resourceVersion guards each write: of two
 * replicas that write at once, one is refused.
 */
public final class ClusterLease implements LeaseStore {
  private static final int DEFAULT_SECONDS = 15;

  private final Supplier<KubernetesClient> clients;
  private final String namespace;
  private final String name;
  private final Clock wallClock;
  private @Nullable Lease seen;

  /**
   * The Lease of that name, whether it exists or not.
   *
   * @param clients the client to use now
   * @param wallClock for the times that people read
   */
  public ClusterLease(
      Supplier<KubernetesClient> clients, String namespace, String name, Clock wallClock) {
    this.clients = clients;
    this.namespace = namespace;
    this.name = name;
    this.wallClock = wallClock;
  }

  @Override
  public @Nullable LeaseRecord read() {
    Lease lease = resource().get();
    seen = lease;
    return lease == null ? null : record(lease.getSpec());
  }

  @Override
  public void write(LeaseRecord wanted, boolean newHolder) {
    ZonedDateTime now = wallClock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    Lease old = seen;
    ZonedDateTime acquired =
        newHolder || old == null || old.getSpec() == null ? now : old.getSpec().getAcquireTime();
    Lease lease =
        new LeaseBuilder(old == null ? empty() : old)
            .editOrNewSpec()
            .withHolderIdentity(wanted.holder())
            .withLeaseDurationSeconds((int) wanted.duration().toSeconds())
            .withAcquireTime(acquired)
            .withRenewTime(now)
            .withLeaseTransitions(wanted.transitions())
            .endSpec()
            .build();
    Resource<Lease> target = clients.get().resource(lease);
    seen = old == null ? target.create() : target.update();
  }

  private Lease empty() {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }

  private Resource<Lease> resource() {
    return clients.get().leases().inNamespace(namespace).withName(name);
  }

  private static LeaseRecord record(@Nullable LeaseSpec spec) {
    if (spec == null) {
      return new LeaseRecord("", Duration.ofSeconds(DEFAULT_SECONDS), "", 0);
    }
    return new LeaseRecord(
        Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
        Duration.ofSeconds(
            Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), DEFAULT_SECONDS)),
        String.valueOf(spec.getRenewTime()),
        Objects.requireNonNullElse(spec.getLeaseTransitions(), 0));
  }
}
