package io.apiservervip.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the informers of one reign hold, and the events that they raise. Objects of ours wake the
 * resource that they were made for; what all depend on wakes all.
 */
final class ClusterCache {
  private static final long PAGE = 100;

  private final IndexerResourceCache<ApiServerVipResource> vips;
  private final InformerEventSource<Node, ApiServerVipResource> nodes;
  private final InformerEventSource<EndpointSlice, ApiServerVipResource> kubernetes;
  private final InformerEventSource<EndpointSlice, ApiServerVipResource> slices;
  private final InformerEventSource<Endpoints, ApiServerVipResource> endpoints;
  private final InformerEventSource<Service, ApiServerVipResource> services;
  private final InformerEventSource<ConfigMap, ApiServerVipResource> configMaps;
  private final InformerEventSource<Secret, ApiServerVipResource> secrets;
  private final InformerEventSource<DaemonSet, ApiServerVipResource> daemonSets;
  private final InformerEventSource<Pod, ApiServerVipResource> pods;
  private final Pokes pokes;

  /**
   * Not yet listing.
   *
   * @param namespace the operator's
   */
  ClusterCache(EventSourceContext<ApiServerVipResource> context, String namespace) {
    vips = context.getPrimaryCache();
    nodes =
        new InformerEventSource<>(
            source(Node.class, "nodes")
                .withItemStore(LeanStore.nodes())
                .withInformerListLimit(PAGE)
                .withOnUpdateFilter(
                    (now, before) -> !ClusterFacts.node(now).equals(ClusterFacts.node(before)))
                .build(),
            context);
    kubernetes =
        new InformerEventSource<>(
            source(EndpointSlice.class, "kubernetes")
                .withNamespaces("default")
                .withLabelSelector(ApiServerSlices.SERVICE_LABEL + "=kubernetes")
                .build(),
            context);
    slices = new InformerEventSource<>(own(EndpointSlice.class, "slices").build(), context);
    endpoints = new InformerEventSource<>(own(Endpoints.class, "endpoints").build(), context);
    services =
        new InformerEventSource<>(
            source(Service.class, "services")
                .withItemStore(LeanStore.services())
                .withInformerListLimit(PAGE)
                .withOnUpdateFilter(
                    (now, before) -> !LeanStore.trim(now).getSpec().equals(before.getSpec()))
                .build(),
            context);
    configMaps =
        new InformerEventSource<>(
            own(ConfigMap.class, "configmaps").withNamespaces(namespace).build(), context);
    secrets =
        new InformerEventSource<>(
            source(Secret.class, "secrets").withNamespaces(namespace).build(), context);
    daemonSets =
        new InformerEventSource<>(
            own(DaemonSet.class, "daemonsets").withNamespaces(namespace).build(), context);
    pods =
        new InformerEventSource<>(
            own(Pod.class, "pods").withNamespaces(namespace).build(), context);
    pokes = new Pokes(vips);
  }

  /** Everything that wakes a resource, for the framework to start and stop. */
  List<EventSource<?, ApiServerVipResource>> sources() {
    return Stream.<EventSource<?, ApiServerVipResource>>concat(
            informers().stream(), Stream.of(pokes))
        .toList();
  }

  /** Names of informers that have not listed yet: with those missing nothing may be planned. */
  List<String> unsynced() {
    return informers().stream()
        .filter(
            source ->
                source.informerHealthIndicators().isEmpty()
                    || !source.informerHealthIndicators().values().stream()
                        .allMatch(InformerHealthIndicator::hasSynced))
        .map(InformerEventSource::name)
        .toList();
  }

  Pokes pokes() {
    return pokes;
  }

  List<ApiServerVipResource> vips() {
    return vips.list().toList();
  }

  List<Node> nodes() {
    return nodes.list().toList();
  }

  /** Slices of default/kubernetes. */
  List<EndpointSlice> kubernetes() {
    return kubernetes.list().toList();
  }

  List<Service> services() {
    return services.list().toList();
  }

  List<Secret> secrets() {
    return secrets.list().toList();
  }

  /** Every object that bears the mark of the resource, of the kinds that the operator makes. */
  List<HasMetadata> made(Owner owner) {
    return Stream.<InformerEventSource<? extends HasMetadata, ?>>of(
            configMaps, secrets, daemonSets, services, endpoints, slices)
        .flatMap(source -> source.list().map(HasMetadata.class::cast))
        .filter(owner::owns)
        .toList();
  }

  List<Pod> pods(Owner owner) {
    return pods.list().filter(owner::owns).toList();
  }

  private List<InformerEventSource<? extends HasMetadata, ApiServerVipResource>> informers() {
    return List.of(
        nodes, kubernetes, slices, endpoints, services, configMaps, secrets, daemonSets, pods);
  }

  private <T extends HasMetadata> InformerEventSourceConfiguration.Builder<T> own(
      Class<T> type, String name) {
    return source(type, name).withLabelSelector(Names.VIP_LABEL);
  }

  private <T extends HasMetadata> InformerEventSourceConfiguration.Builder<T> source(
      Class<T> type, String name) {
    return InformerEventSourceConfiguration.from(type, ApiServerVipResource.class)
        .withName(name)
        .withSecondaryToPrimaryMapper(this::concerned)
        .<ApiServerVipResource>withPrimaryToSecondaryMapper(vip -> Set.of());
  }

  private Set<ResourceID> concerned(HasMetadata object) {
    String vip = Owner.vipOf(object);
    return vip != null
        ? Set.of(new ResourceID(vip))
        : vips.list().map(ResourceID::fromResource).collect(Collectors.toSet());
  }
}
